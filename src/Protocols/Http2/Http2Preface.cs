using System.Buffers;
using System.IO.Pipelines;

namespace RestateCloud.Protocols.Http2;

/// <summary>Tells by the first bytes of a connection whether its client speaks HTTP/2 with prior knowledge, and takes none of them.</summary>
public static class Http2Preface
{
    // RFC 9113, section 3.4. No HTTP/1 method is called PRI, so the request line alone decides.
    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n"u8;

    /// <summary>Waits for enough bytes to decide.</summary>
    /// <returns>Null when the client went away before it was clear.</returns>
    public static async ValueTask<bool?> IsNextAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            var decision = Decide(read.Buffer);
            input.AdvanceTo(read.Buffer.Start, decision is null ? read.Buffer.End : read.Buffer.Start);
            if (decision is not null || read.IsCompleted || read.IsCanceled) return decision;
        }
    }

    private static bool? Decide(ReadOnlySequence<byte> buffer)
    {
        Span<byte> start = stackalloc byte[Preface.Length];
        var length = (int)Math.Min(buffer.Length, start.Length);
        buffer.Slice(0, length).CopyTo(start);
        if (!Preface.StartsWith(start[..length])) return false;
        return length == Preface.Length ? true : null;
    }
}
