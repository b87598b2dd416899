using System.Security.Cryptography;
using System.Text;
using RestateCloud.Grains.Secrets;

namespace RestateCloud.Provisioning.Tests.Support;

/// <summary>Encrypts with a key that all test processes know, so that one can open what another wrote.</summary>
internal sealed class TestSecrets : ISecretProtector
{
    private const int NonceSize = 12, TagSize = 16;
    private static readonly byte[] Key = SHA256.HashData("test"u8);

    public string Protect(string purpose, string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var whole = new byte[NonceSize + TagSize + plain.Length];
        var (nonce, tag, hidden) = Parts(whole);
        RandomNumberGenerator.Fill(nonce.Span);
        using var cipher = new AesGcm(Key, TagSize);
        cipher.Encrypt(nonce.Span, plain, hidden.Span, tag.Span, Encoding.UTF8.GetBytes(purpose));
        return Convert.ToBase64String(whole);
    }

    public string Unprotect(string purpose, string protectedSecret)
    {
        var (nonce, tag, hidden) = Parts(Convert.FromBase64String(protectedSecret));
        var plain = new byte[hidden.Length];
        using var cipher = new AesGcm(Key, TagSize);
        cipher.Decrypt(nonce.Span, hidden.Span, tag.Span, plain, Encoding.UTF8.GetBytes(purpose));
        return Encoding.UTF8.GetString(plain);
    }

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Hidden) Parts(byte[] whole) =>
        (whole.AsMemory(0, NonceSize), whole.AsMemory(NonceSize, TagSize), whole.AsMemory(NonceSize + TagSize));
}
