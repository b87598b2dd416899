using RestateCloud.Protocols.Streams;

namespace RestateCloud.Silo.Moving.Age;

/// <summary>Decrypts what is read, a chunk at a time.</summary>
internal sealed class DecryptingStream(Stream source, PayloadKey key) : AsynchronousStream
{
    // One byte more than a chunk tells whether another one follows.
    private readonly byte[] _sealed = new byte[PayloadKey.ChunkSize + PayloadKey.TagSize + 1];
    private readonly byte[] _plain = new byte[PayloadKey.ChunkSize];
    private int _ahead;
    private ReadOnlyMemory<byte> _unread;
    private bool _first = true;
    private bool _ended;

    public override bool CanWrite => false;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_unread.IsEmpty && !_ended) await OpenAsync(cancellationToken);
        var taken = Math.Min(buffer.Length, _unread.Length);
        _unread[..taken].CopyTo(buffer);
        _unread = _unread[taken..];
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) key.Dispose();
        base.Dispose(disposing);
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        var length = _ahead + await source.ReadAtLeastAsync(_sealed.AsMemory(_ahead), _sealed.Length - _ahead, throwOnEndOfStream: false, cancellationToken);
        _ended = length < _sealed.Length;
        var chunk = _sealed.AsMemory(0, Math.Min(length, _sealed.Length - 1));
        var plain = _plain.AsMemory(0, Math.Max(0, chunk.Length - PayloadKey.TagSize));
        // Only a file without content may have an empty last chunk; any other would be a second way to write the same content.
        if (chunk.Length < PayloadKey.TagSize || (plain.IsEmpty && !_first)) throw new AgeException("The file is cut off.");

        key.Open(chunk.Span, plain.Span, _ended);
        _unread = plain;
        _first = false;
        if (_ended) return;
        _sealed[0] = _sealed[^1];
        _ahead = 1;
    }
}
