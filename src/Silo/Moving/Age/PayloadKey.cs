using System.Buffers.Binary;
using System.Security.Cryptography;

namespace RestateCloud.Silo.Moving.Age;

/// <summary>Seals and opens the chunks of a file one after another. The last one is sealed as such, so that a file cannot end early.</summary>
internal sealed class PayloadKey(byte[] fileKey, byte[] nonce) : IDisposable
{
    public const int NonceSize = 16;
    public const int ChunkSize = 64 * 1024;
    public const int TagSize = 16;

    private readonly ChaCha20Poly1305 _cipher =
        new(HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, 32, nonce, "payload"u8.ToArray()));

    private readonly byte[] _counter = new byte[12];
    private ulong _chunk;

    public void Seal(ReadOnlySpan<byte> plain, Span<byte> chunk, bool last) =>
        _cipher.Encrypt(Next(last), plain, chunk[..plain.Length], chunk[plain.Length..]);

    /// <exception cref="AgeException">It is not the chunk that was written here.</exception>
    public void Open(ReadOnlySpan<byte> chunk, Span<byte> plain, bool last)
    {
        try
        {
            _cipher.Decrypt(Next(last), chunk[..plain.Length], chunk[plain.Length..], plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new AgeException("The file was altered or is cut off.");
        }
    }

    public void Dispose() => _cipher.Dispose();

    // Eleven bytes of counter, of which eight are enough, and one that marks the last chunk.
    private byte[] Next(bool last)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_counter.AsSpan(3), _chunk++);
        _counter[11] = last ? (byte)1 : (byte)0;
        return _counter;
    }
}
