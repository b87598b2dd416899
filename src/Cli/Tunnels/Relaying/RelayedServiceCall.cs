using System.Diagnostics;
using System.Text;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Memos;

namespace RestateCloud.Cli.Tunnels.Relaying;

/// <summary>Shows a call that is relayed to a service.</summary>
internal sealed class RelayedServiceCall : RelayedCall
{
    private const int BadGateway = 502;

    // Methods and paths: the same few again and again.
    private static readonly BytesMemo<string> Texts = new();

    private readonly TunnelActivity _activity;
    private readonly string _origin;
    private readonly string _method;
    private readonly string _path;
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _status;

    public RelayedServiceCall(TunnelActivity activity, string origin, ReadOnlySpan<byte> method, ReadOnlySpan<byte> target)
    {
        (_activity, _origin) = (activity, origin);
        var query = target.IndexOf((byte)'?');
        (_method, _path) = (Text(method), Text(query < 0 ? target : target[..query]));
    }

    public override void Answered(int status, HeaderFields fields) => _status = status;

    public override RelayAnswer? Failed(RelayFailure failure, string why)
    {
        _status = BadGateway;
        var sentence = $"{_origin} did not answer: {why}";
        _activity.Failed(sentence);
        return new RelayAnswer(BadGateway, "text/plain", Encoding.UTF8.GetBytes(sentence));
    }

    protected override void Ended() => _activity.End(new(_method, _path, _status, Stopwatch.GetElapsedTime(_started)));

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        if (Texts.TryGet(bytes, out var known)) return known;
        var text = Encoding.ASCII.GetString(bytes);
        Texts.Set(bytes, text);
        return text;
    }
}
