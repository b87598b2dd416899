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
    private readonly KestrelWay _kestrel;
    private readonly string _origin;
    private readonly int _originLength;
    private readonly string _method;
    private readonly string _path;
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _status;
    private bool _isHandedOn;

    /// <param name="activity">Shows it.</param>
    /// <param name="kestrel">Where it goes when its service has just closed the connection.</param>
    /// <param name="origin">The service.</param>
    /// <param name="originLength">What was taken off the request's path.</param>
    /// <param name="request">The request, ready for the service.</param>
    public RelayedServiceCall(TunnelActivity activity, KestrelWay kestrel, string origin, int originLength, HeaderFields request)
    {
        (_activity, _kestrel, _origin, _originLength) = (activity, kestrel, origin, originLength);
        var target = request.Value(request.Single(":path"u8));
        var query = target.IndexOf((byte)'?');
        (_method, _path) = (Text(request.Value(request.Single(":method"u8))), Text(query < 0 ? target : target[..query]));
    }

    /// <summary>The request, where it can be made again in HTTP/1.1; its owner's memory.</summary>
    public HeaderFields? Kept { get; set; }

    public override void Answered(int status, HeaderFields fields) => _status = status;

    public override bool TryAgain(RelayStream caller, bool isLast)
    {
        if (Kept is not { } request) return false;
        // Whoever is asked now keeps account of it.
        _isHandedOn = true;
        if (_kestrel.TryReturn(caller, request, isLast, _originLength, "HTTP/1.1"u8)) return true;
        _isHandedOn = false;
        return false;
    }

    public override RelayAnswer? Failed(RelayFailure failure, string why)
    {
        _status = BadGateway;
        var sentence = $"{_origin} did not answer: {why}";
        _activity.Failed(sentence);
        return new RelayAnswer(BadGateway, "text/plain", Encoding.UTF8.GetBytes(sentence));
    }

    protected override void Ended()
    {
        if (_isHandedOn) _activity.Withdraw();
        else _activity.End(new(_method, _path, _status, Stopwatch.GetElapsedTime(_started)));
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        if (Texts.TryGet(bytes, out var known)) return known;
        var text = Encoding.ASCII.GetString(bytes);
        Texts.Set(bytes, text);
        return text;
    }
}
