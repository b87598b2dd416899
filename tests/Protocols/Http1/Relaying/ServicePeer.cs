using RestateCloud.Protocols.Http1.Relaying;
using RestateCloud.Protocols.Streams;
using RestateCloud.Protocols.Tests.Http2.Relaying;

namespace RestateCloud.Protocols.Tests.Http1.Relaying;

/// <summary>A service's side of a connection, and the relay's end of it.</summary>
internal sealed class ServicePeer(DuplexPipe transport, Http1Service end, Task running) : TextPeer(transport)
{
    /// <summary>The relay's end.</summary>
    public Http1Service End => end;

    /// <summary>Reads a request up to its body.</summary>
    public Task<string> ReadHeadAsync() => ReadToAsync("\r\n\r\n");

    /// <summary>Returns when the relay has ended the connection; what it has sent before is skipped.</summary>
    public async Task EndedAsync()
    {
        await ReadToEndAsync();
        await running.WaitAsync(Peer.Soon);
    }
}
