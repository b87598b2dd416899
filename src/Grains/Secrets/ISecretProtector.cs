namespace RestateCloud.Grains.Secrets;

/// <summary>Encrypts secrets at rest, authenticated and bound to what they are for.</summary>
public interface ISecretProtector
{
    /// <summary>Encrypts.</summary>
    /// <param name="purpose">What the secret is for and whose it is: opening it for anything else fails.</param>
    /// <param name="secret">The plain text.</param>
    string Protect(string purpose, string secret);

    /// <summary>Decrypts what <see cref="Protect"/> made for the same purpose.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Not for this purpose, altered, or the keys are gone.</exception>
    string Unprotect(string purpose, string protectedSecret);
}

/// <summary>The purposes in use.</summary>
public static class SecretPurpose
{
    /// <summary>The private half of an environment's request identity.</summary>
    public static string SigningKey(string environmentId) => $"environment/{environmentId}/signing-key";

    /// <summary>An API key's secret, kept for a day where the caller sent an idempotency key.</summary>
    public static string ApiKeyReplay(string environmentId) => $"environment/{environmentId}/api-key-replay";

    /// <summary>The private key of access tokens.</summary>
    public const string TokenKey = "access-tokens/private-key";
}
