using Org.BouncyCastle.Math.EC.Rfc8032;
using SimpleBase;

namespace RestateCloud.Protocols.Identity;

/// <summary>An environment's Ed25519 public key. .NET has no Ed25519, hence BouncyCastle, which the grains make the keys with.</summary>
public sealed class IdentityKey
{
    private const string Prefix = "publickeyv1_";

    private readonly byte[] _key;

    private IdentityKey(string id, byte[] key) => (Id, _key) = (id, key);

    /// <summary><c>publickeyv1_…</c>, which restate-server names as <c>kid</c>.</summary>
    public string Id { get; }

    /// <summary>Reads <c>publickeyv1_…</c>; null for anything else.</summary>
    public static IdentityKey? Parse(string publicKey)
    {
        if (!publicKey.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var key = new byte[Ed25519.PublicKeySize];
        return Base58.Bitcoin.TryDecode(publicKey.AsSpan(Prefix.Length), key, out var length) && length == key.Length
            ? new IdentityKey(publicKey, key)
            : null;
    }

    /// <summary>Whether this key has signed the message.</summary>
    public bool Verify(byte[] message, byte[] signature) =>
        signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature, 0, _key, 0, message, 0, message.Length);
}
