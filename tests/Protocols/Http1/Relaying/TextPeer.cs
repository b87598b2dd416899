using System.Text;
using RestateCloud.Protocols.Streams;
using RestateCloud.Protocols.Tests.Http2.Relaying;

namespace RestateCloud.Protocols.Tests.Http1.Relaying;

/// <summary>The other side of a connection, which writes and reads HTTP/1.1 as a test wants it.</summary>
internal class TextPeer(DuplexPipe transport)
{
    /// <summary>Sends, and returns once there is room for more.</summary>
    public async Task SendAsync(string text) => await transport.Output.WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Reads what is expected, and not a byte more.</summary>
    public async Task ExpectAsync(string text) => Assert.Equal(text, await ReadAsync(text.Length));

    /// <summary>Reads so many bytes, or as many as there are.</summary>
    public async Task<string> ReadAsync(int count)
    {
        using var limit = new CancellationTokenSource(Peer.Soon);
        var read = await transport.Input.ReadAtLeastAsync(count, limit.Token);
        var bytes = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, count));
        var text = Encoding.Latin1.GetString(bytes);
        transport.Input.AdvanceTo(bytes.End);
        return text;
    }

    /// <summary>Reads up to a text, and that too.</summary>
    public async Task<string> ReadToAsync(string text)
    {
        using var limit = new CancellationTokenSource(Peer.Soon);
        while (true)
        {
            var read = await transport.Input.ReadAsync(limit.Token);
            var all = Encoding.Latin1.GetString(read.Buffer);
            var at = all.IndexOf(text, StringComparison.Ordinal);
            if (at >= 0)
            {
                transport.Input.AdvanceTo(read.Buffer.GetPosition(at + text.Length));
                return all[..(at + text.Length)];
            }

            transport.Input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted) throw new EndOfStreamException(all);
        }
    }

    /// <summary>Reads on to the end of the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var limit = new CancellationTokenSource(Peer.Soon);
        var text = new StringBuilder();
        while (true)
        {
            var read = await transport.Input.ReadAsync(limit.Token);
            foreach (var piece in read.Buffer) text.Append(Encoding.Latin1.GetString(piece.Span));
            transport.Input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return text.ToString();
        }
    }

    /// <summary>Ends the connection.</summary>
    public void Leave() => transport.Output.Complete();
}
