using System.Buffers.Binary;

namespace RestateCloud.Protocols.Http2.Hpack;

/// <summary>
/// What was read of literals that one side writes again and again: nginx writes its name and the date anew in each answer, and most callers
/// their paths. It holds what comes a second time, so that what never comes again costs next to nothing; where two fall on one place the later
/// one stays. <see cref="Memos.BytesMemo{T}"/> is for many threads, and holds what comes once; this is a connection's own.
/// </summary>
internal sealed class LiteralMemo
{
    private const int Places = 32;

    // Shorter ones are read as fast.
    private const int MinimumLength = sizeof(ulong);
    private const int MaximumLength = 256;

    private readonly Place[] _places = new Place[Places];

    /// <summary>What was read of a literal, from its first byte to its last; null when that is not known.</summary>
    public KnownField? Find(ReadOnlySpan<byte> literal)
    {
        if (literal.Length is < MinimumLength or > MaximumLength) return null;
        ref readonly var place = ref _places[Mix(literal) % Places];
        return place.Field is { } field && literal.SequenceEqual(place.Literal) ? field : null;
    }

    /// <summary>Whether a literal that is not known has come before, and is worth to be remembered.</summary>
    public bool IsRepeated(ReadOnlySpan<byte> literal)
    {
        if (literal.Length is < MinimumLength or > MaximumLength) return false;
        var mix = Mix(literal);
        ref var place = ref _places[mix % Places];
        if (place.Mix == mix) return true;
        place.Mix = mix;
        return false;
    }

    /// <summary>Remembers what was read of one that <see cref="IsRepeated"/>.</summary>
    public void Set(ReadOnlySpan<byte> literal, KnownField field)
    {
        ref var place = ref _places[Mix(literal) % Places];
        (place.Literal, place.Field) = (literal.ToArray(), field);
    }

    // Whoever finds literals that fall on one place slows himself.
    private static uint Mix(ReadOnlySpan<byte> literal)
    {
        var first = BinaryPrimitives.ReadUInt64LittleEndian(literal);
        var middle = BinaryPrimitives.ReadUInt64LittleEndian(literal[((literal.Length - MinimumLength) / 2)..]);
        var last = BinaryPrimitives.ReadUInt64LittleEndian(literal[^MinimumLength..]);
        var mix = ((((first * 0x9E37_79B9_7F4A_7C15) ^ middle) * 0x9E37_79B9_7F4A_7C15) ^ last ^ (uint)literal.Length) * 0x9E37_79B9_7F4A_7C15;
        return (uint)(mix >> 32);
    }

    private record struct Place(uint Mix, byte[]? Literal, KnownField? Field);
}
