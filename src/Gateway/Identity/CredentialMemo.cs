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
    public KnownApiKey? Recall(string header) => _last is { } last && last.Is(header) ? last.Key : null;

    public void Remember(string header, KnownApiKey key) => _last = new(header, key);

    private sealed class Verified(string header, KnownApiKey key)
    {
        // Kestrel keeps a string for each of the streams of a connection that it uses again.
        private const int Strings = 16;

        private readonly string?[] _same = [header, .. new string?[Strings - 1]];
        private int _next;

        public KnownApiKey Key => key;

        public bool Is(string other)
        {
            foreach (var same in _same)
            {
                if (ReferenceEquals(same, other)) return true;
            }

            if (!CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(header.AsSpan()), MemoryMarshal.AsBytes(other.AsSpan()))) return false;
            _same[(uint)Interlocked.Increment(ref _next) % Strings] = other;
            return true;
        }
    }
}
