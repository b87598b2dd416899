using System.Buffers.Binary;

namespace RestateCloud.Protocols.Identity;

/// <summary>
/// Tokens whose signature was found to be good, for verifying one costs more than all the rest of a call, and calls of one path within one
/// second carry the same (observed with restate-server 1.7.12). What a token says is to be checked for each call all the same.
/// </summary>
/// <remarks>Where two fall on one place the later one stays. Nothing but genuine tokens gets in, so strangers push nothing out.</remarks>
internal sealed class VerifiedTokens
{
    // A byte of the hash.
    private const int Places = 256;

    private readonly Entry?[] _entries = new Entry?[Places];

    /// <summary>What a token says that was verified before; null when it was not.</summary>
    public IdentityClaims? Find(ReadOnlySpan<byte> token) =>
        token.Length > sizeof(ulong) && Volatile.Read(ref Place(token)) is { } entry && FixedTime.AreEqual(entry.Token, token) ? entry.Claims : null;

    /// <summary>Remembers a token that was verified.</summary>
    public void Add(byte[] token, IdentityClaims claims)
    {
        if (token.Length > sizeof(ulong)) Volatile.Write(ref Place(token), new Entry(token, claims));
    }

    // By the end of the signature, where any two tokens differ.
    private ref Entry? Place(ReadOnlySpan<byte> token)
    {
        var end = BinaryPrimitives.ReadUInt64LittleEndian(token[^sizeof(ulong)..]);
        return ref _entries[(end * 0x9E37_79B9_7F4A_7C15) >> 56];
    }

    private sealed record Entry(byte[] Token, IdentityClaims Claims);
}
