using System.Security.Cryptography;

namespace RestateCloud.Silo.Moving.Age;

/// <summary>
/// Files in the format of age (<c>age-encryption.org/v1</c>, the C2SP specification), encrypted with a passphrase: confidential, authentic to
/// the last byte, and opened by the <c>age</c> program too.
/// </summary>
internal static class AgeFile
{
    /// <summary>scrypt's cost as a power of two, as age itself chooses it: about a second and 256 MiB.</summary>
    public const int WorkFactor = 18;

    private const int FileKeySize = 16;

    /// <summary>A stream that encrypts into another one, until it is completed.</summary>
    /// <param name="target">Stays open.</param>
    /// <param name="passphrase">What opens it.</param>
    /// <param name="workFactor">scrypt's cost as a power of two.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<EncryptingStream> EncryptAsync(Stream target, byte[] passphrase, int workFactor, CancellationToken cancellationToken)
    {
        var fileKey = RandomNumberGenerator.GetBytes(FileKeySize);
        await target.WriteAsync(AgeHeader.Seal(fileKey, passphrase, workFactor), cancellationToken);
        var nonce = RandomNumberGenerator.GetBytes(PayloadKey.NonceSize);
        await target.WriteAsync(nonce, cancellationToken);
        return new EncryptingStream(target, new PayloadKey(fileKey, nonce));
    }

    /// <summary>A stream of the plain text; nothing of a chunk is given out before it has been found to be authentic.</summary>
    /// <param name="source">Stays open. The plain text's stream throws <see cref="AgeException"/> where this was altered or cut off.</param>
    /// <param name="passphrase">What it was encrypted with.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AgeException">The passphrase is another one, or this is no such file.</exception>
    public static async Task<Stream> DecryptAsync(Stream source, byte[] passphrase, CancellationToken cancellationToken)
    {
        var fileKey = AgeHeader.Open(await AgeHeader.ReadAsync(source, cancellationToken), passphrase);
        var nonce = new byte[PayloadKey.NonceSize];
        if (await source.ReadAtLeastAsync(nonce, nonce.Length, throwOnEndOfStream: false, cancellationToken) < nonce.Length)
            throw new AgeException("The file is cut off.");
        return new DecryptingStream(source, new PayloadKey(fileKey, nonce));
    }
}
