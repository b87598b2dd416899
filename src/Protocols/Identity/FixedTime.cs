using System.Numerics;
using System.Runtime.CompilerServices;

namespace RestateCloud.Protocols.Identity;

/// <summary>
/// Compares secrets in a time that depends on nothing but their length. <c>CryptographicOperations.FixedTimeEquals</c> takes them byte by byte and is
/// never optimized (.NET 10): of a token it was a fifth of all that a call cost.
/// </summary>
public static class FixedTime
{
    /// <summary>Whether both are the same.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool AreEqual(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.Length != other.Length) return false;
        var differences = Vector<byte>.Zero;
        var i = 0;
        for (; i <= one.Length - Vector<byte>.Count; i += Vector<byte>.Count) differences |= new Vector<byte>(one[i..]) ^ new Vector<byte>(other[i..]);
        var rest = 0;
        for (; i < one.Length; i++) rest |= one[i] ^ other[i];
        return differences == Vector<byte>.Zero & rest == 0;
    }
}
