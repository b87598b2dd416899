using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace RestateCloud.Protocols.Identity;

/// <summary>
/// Tokens whose signature was found to be good, for verifying one costs more than all the rest of a call, and calls of one path within one
/// second carry the same (observed with restate-server 1.7.12). What a token says is to be checked for each call all the same.
/// </summary>
/// <remarks>Where two fall on one place the later one stays. Nothing but genuine tokens gets in, so strangers push nothing out.</remarks>
internal sealed class VerifiedTokens
{
    private const int Places = 256;

    private readonly Entry?[] _entries = new Entry?[Places];

    /// <summary>What a token says that was verified before; null when it was not.</summary>
    public IdentityClaims? Find(ReadOnlySpan<char> token) => Volatile.Read(ref Place(token)) is { } entry && AreSame(entry.Token, token) ? entry.Claims : null;

    /// <summary>Remembers a token that was verified.</summary>
    public void Add(string token, IdentityClaims claims) => Volatile.Write(ref Place(token), new Entry(token, claims));

    // Strings hash differently in each process.
    private ref Entry? Place(ReadOnlySpan<char> token) => ref _entries[(uint)string.GetHashCode(token) % Places];

    private static bool AreSame(string known, ReadOnlySpan<char> token) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(known.AsSpan()), MemoryMarshal.AsBytes(token));

    private sealed record Entry(string Token, IdentityClaims Claims);
}
