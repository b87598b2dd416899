using System.Text;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Tunnels;

namespace RestateCloud.Cli.Tunnels.Relaying;

/// <summary>Takes requests to Kestrel that cannot be relayed.</summary>
/// <param name="connection">Leads there.</param>
internal sealed class KestrelWay(RelayConnection connection)
{
    private static readonly byte[] VersionHeader = Encoding.ASCII.GetBytes(TunnelProtocol.HttpVersionHeader);

    /// <summary>Opens a request there.</summary>
    public bool TryOpen(RelayStream caller, HeaderFields request, bool isLast) => connection.TryOpen(caller, request, isLast, call: null);

    /// <summary>Opens one that was made ready for its service, which did not take it.</summary>
    /// <param name="caller">The stream that it has come on.</param>
    /// <param name="request">What was made of it.</param>
    /// <param name="isLast">Whether it has no body.</param>
    /// <param name="originLength">What was taken off its path.</param>
    /// <param name="version">The version of HTTP that the service speaks.</param>
    public bool TryReturn(RelayStream caller, HeaderFields request, bool isLast, int originLength, ReadOnlySpan<byte> version)
    {
        request.TrimStart(request.Single(":path"u8), -originLength);
        // There was room for the version before it was taken out, and that does not come back.
        var returned = request.Clone();
        returned.Add(VersionHeader, version);
        return TryOpen(caller, returned, isLast);
    }
}
