using System.Buffers;
using System.Globalization;
using RestateCloud.Protocols.Http2.Hpack;

namespace RestateCloud.Protocols.Http1;

/// <summary>Takes the body of a message out of what comes (RFC 9112, sections 6 and 7), and not a byte of what comes after it.</summary>
/// <param name="trailerBytes">Bytes that its trailers may have.</param>
internal sealed class BodyDecoder(int trailerBytes)
{
    private const int SizeDigits = 8;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private Next _next = Next.Nothing;
    private bool _isChunked;
    private long _left;

    private enum Next
    {
        Nothing,
        Data,
        Rest,
        DataEnd,
        Size,
        Trailers,
    }

    /// <summary>Whether all of it has been taken.</summary>
    public bool IsEnded => _next == Next.Nothing;

    /// <summary>What came after it; null when nothing did.</summary>
    public HeaderFields? Trailers { get; private set; }

    /// <summary>A body of so many bytes is next.</summary>
    public void Begin(long length) => (_next, _isChunked, _left, Trailers) = (length == 0 ? Next.Nothing : Next.Data, false, length, null);

    /// <summary>A body in chunks is next.</summary>
    public void BeginChunks() => (_next, _isChunked, Trailers) = (Next.Size, true, null);

    /// <summary>A body is next that ends with the connection, whose end its reader has to look for.</summary>
    public void BeginRest() => (_next, _isChunked, Trailers) = (Next.Rest, false, null);

    /// <summary>Takes the next piece of it.</summary>
    /// <param name="input">What has come; afterwards what is left of that.</param>
    /// <param name="most">Bytes that it may have.</param>
    /// <returns>Nothing when all of it has been taken, or more has to come.</returns>
    /// <exception cref="Http1Exception">It is malformed.</exception>
    public ReadOnlySequence<byte> Take(ref ReadOnlySequence<byte> input, int most)
    {
        while (true)
        {
            switch (_next)
            {
                case Next.Data:
                    var piece = Cut(ref input, Math.Min(_left, most));
                    _left -= piece.Length;
                    if (_left == 0) _next = _isChunked ? Next.DataEnd : Next.Nothing;
                    return piece;
                case Next.Rest:
                    return Cut(ref input, most);
                case Next.DataEnd:
                    if (!TryTakeLineEnd(ref input)) return default;
                    _next = Next.Size;
                    break;
                case Next.Size:
                    if (!TryTakeSize(ref input)) return default;
                    _next = _left == 0 ? Next.Trailers : Next.Data;
                    break;
                case Next.Trailers:
                    if (TryTakeTrailers(ref input)) _next = Next.Nothing;
                    return default;
                default:
                    return default;
            }
        }
    }

    private static ReadOnlySequence<byte> Cut(ref ReadOnlySequence<byte> input, long most)
    {
        var piece = input.Slice(0, Math.Min(input.Length, most));
        input = input.Slice(piece.End);
        return piece;
    }

    private static bool TryTakeLineEnd(ref ReadOnlySequence<byte> input)
    {
        Span<byte> start = stackalloc byte[2];
        start = Peek(input, start);
        if (!"\r\n"u8.StartsWith(start)) throw new Http1Exception("A chunk is not as long as it says.");
        if (start.Length < 2) return false;
        input = input.Slice(2);
        return true;
    }

    // Neither extensions nor blanks, of which two readers may make different things.
    private bool TryTakeSize(ref ReadOnlySequence<byte> input)
    {
        Span<byte> start = stackalloc byte[SizeDigits + 2];
        start = Peek(input, start);
        var digits = start.IndexOfAnyExcept(HexDigits);
        if (digits < 0) digits = start.Length;
        if (digits > SizeDigits || (digits == 0 && !start.IsEmpty) || !"\r\n"u8.StartsWith(start[digits..Math.Min(digits + 2, start.Length)])) throw new Http1Exception("The size of a chunk is none.");
        if (start.Length < digits + 2) return false;
        _left = long.Parse(start[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        input = input.Slice(digits + 2);
        return true;
    }

    private bool TryTakeTrailers(ref ReadOnlySequence<byte> input)
    {
        Span<byte> start = stackalloc byte[2];
        start = Peek(input, start);
        if (start.SequenceEqual("\r\n"u8))
        {
            input = input.Slice(2);
            return true;
        }

        if (!FieldLines.TryFind(input, trailerBytes, out var lines)) return false;
        var trailers = new HeaderFields(trailerBytes);
        if (!FieldLines.TryRead(lines, trailers)) throw new Http1Exception("The trailers are malformed.");
        Trailers = trailers;
        input = input.Slice(lines.Length + 2);
        return true;
    }

    private static Span<byte> Peek(in ReadOnlySequence<byte> input, Span<byte> room)
    {
        var length = (int)Math.Min(input.Length, room.Length);
        input.Slice(0, length).CopyTo(room);
        return room[..length];
    }
}
