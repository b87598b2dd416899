using RestateCloud.Protocols.Streams;

namespace RestateCloud.Silo.Moving.Age;

/// <summary>Encrypts what is written. The last chunk goes out in <see cref="CompleteAsync"/>; without it the file counts as cut off.</summary>
internal sealed class EncryptingStream(Stream target, PayloadKey key) : AsynchronousStream
{
    private readonly byte[] _plain = new byte[PayloadKey.ChunkSize];
    private readonly byte[] _sealed = new byte[PayloadKey.ChunkSize + PayloadKey.TagSize];
    private int _length;

    public override bool CanRead => false;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            // A full chunk waits for what follows: it may be the last one.
            if (_length == _plain.Length) await SealAsync(last: false, cancellationToken);
            var taken = Math.Min(buffer.Length, _plain.Length - _length);
            buffer.Span[..taken].CopyTo(_plain.AsSpan(_length));
            _length += taken;
            buffer = buffer[taken..];
        }
    }

    /// <summary>Ends the file; nothing is written after it.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken) => SealAsync(last: true, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing) key.Dispose();
        base.Dispose(disposing);
    }

    private async Task SealAsync(bool last, CancellationToken cancellationToken)
    {
        var chunk = _sealed.AsMemory(0, _length + PayloadKey.TagSize);
        key.Seal(_plain.AsSpan(0, _length), chunk.Span, last);
        _length = 0;
        await target.WriteAsync(chunk, cancellationToken);
    }
}
