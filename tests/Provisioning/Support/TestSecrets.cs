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
        var sealed_ = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(sealed_.AsSpan(0, NonceSize));
        using var cipher = new AesGcm(Key, TagSize);
        cipher.Encrypt(
            sealed_.AsSpan(0, NonceSize), plain, sealed_.AsSpan(NonceSize + TagSize), sealed_.AsSpan(NonceSize, TagSize), Encoding.UTF8.GetBytes(purpose));
        return Convert.ToBase64String(sealed_);
    }

    public string Unprotect(string purpose, string protectedSecret)
    {
        var sealed_ = Convert.FromBase64String(protectedSecret);
        var plain = new byte[sealed_.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(Key, TagSize);
        cipher.Decrypt(
            sealed_.AsSpan(0, NonceSize), sealed_.AsSpan(NonceSize + TagSize), sealed_.AsSpan(NonceSize, TagSize), plain, Encoding.UTF8.GetBytes(purpose));
        return Encoding.UTF8.GetString(plain);
    }
}
