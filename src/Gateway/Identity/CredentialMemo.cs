using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace RestateCloud.Gateway.Identity;

/// <summary>
/// The API key that a connection's requests were last authenticated with, so that a client which sends the same header again is not
/// hashed again. It holds the header as long as the connection lives, as Kestrel does anyhow.
/// </summary>
/// <remarks>
/// Whether the key is still good is looked up for every request: a memo never makes a revoked key pass. The comparison takes constant time
/// because a proxy in front may let several clients share a connection.
/// </remarks>
internal sealed class CredentialMemo
{
    private volatile Verified? _last;

    /// <summary>The key that this very header was verified for, or null.</summary>
    public KnownApiKey? Recall(string header) => _last is { } last && Same(last.Header, header) ? last.Key : null;

    public void Remember(string header, KnownApiKey key) => _last = new(header, key);

    private static bool Same(string one, string other) =>
        ReferenceEquals(one, other)
        || CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(one.AsSpan()), MemoryMarshal.AsBytes(other.AsSpan()));

    private sealed record Verified(string Header, KnownApiKey Key);
}
