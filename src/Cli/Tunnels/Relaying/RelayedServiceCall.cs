using System.Diagnostics;
using System.Text;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Cli.Tunnels.Relaying;

/// <summary>Shows a call that is relayed to a service.</summary>
internal sealed class RelayedServiceCall : RelayedCall
{
    private const int BadGateway = 502;

    private readonly TunnelActivity _activity;
    private readonly string _origin;
    private readonly string _method;
    private readonly string _target;
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _status;

    public RelayedServiceCall(TunnelActivity activity, string origin, ReadOnlySpan<byte> method, ReadOnlySpan<byte> target)
    {
        (_activity, _origin) = (activity, origin);
        (_method, _target) = (Encoding.ASCII.GetString(method), Encoding.ASCII.GetString(target));
    }

    public override void Answered(int status, HeaderFields fields) => _status = status;

    public override RelayAnswer? Failed(RelayFailure failure, string why)
    {
        _status = BadGateway;
        var sentence = $"{_origin} did not answer: {why}";
        _activity.Failed(sentence);
        return new RelayAnswer(BadGateway, "text/plain", Encoding.UTF8.GetBytes(sentence));
    }

    protected override void Ended() => _activity.End(new(_method, _target.Split('?', 2)[0], _status, Stopwatch.GetElapsedTime(_started)));
}
