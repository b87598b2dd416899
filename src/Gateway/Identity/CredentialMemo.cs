namespace RestateCloud.Gateway.Identity;

/// <summary>
/// The API key that a connection's requests were last authenticated with, so that a client which sends the same header again is not
/// hashed again. Kestrel keeps the header's string for the life of the connection anyhow, and hands out the same object for the same text.
/// </summary>
/// <remarks>Whether the key is still good is looked up for every request: a memo never makes a revoked key pass.</remarks>
internal sealed class CredentialMemo
{
    private volatile Verified? _last;

    /// <summary>The key that this very header was verified for, or null.</summary>
    public KnownApiKey? Recall(string header) => _last is { } last && ReferenceEquals(last.Header, header) ? last.Key : null;

    public void Remember(string header, KnownApiKey key) => _last = new(header, key);

    private sealed record Verified(string Header, KnownApiKey Key);
}
