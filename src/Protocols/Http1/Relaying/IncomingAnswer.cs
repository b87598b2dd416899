using System.Buffers;
using System.Buffers.Text;
using System.Text;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Protocols.Http1.Relaying;

/// <summary>
/// What stands before the body of an answer (RFC 9112, section 4), read so strictly that nobody could read it differently: what one reader takes
/// for the body of an answer another takes for the next answer.
/// </summary>
/// <param name="Status">From 100 on.</param>
/// <param name="Length">Of the body, by what is said; null when nothing is.</param>
/// <param name="IsChunked">Whether the body comes in chunks.</param>
/// <param name="Keeps">Whether another request may follow on the connection.</param>
/// <param name="KeepSeconds">How long the server keeps it without one, by what is said; null when nothing is.</param>
internal readonly record struct IncomingAnswer(int Status, long? Length, bool IsChunked, bool Keeps, int? KeepSeconds)
{
    // Of all connection options together.
    private const int MostOptions = 256;

    /// <summary>Reads one.</summary>
    /// <param name="lines">Its lines, each with its end.</param>
    /// <param name="fields">Where its fields go, the status first, without those that are for this connection alone.</param>
    /// <exception cref="Http1Exception">It is malformed.</exception>
    public static IncomingAnswer Read(ReadOnlySpan<byte> lines, HeaderFields fields)
    {
        fields.Clear();
        var end = lines.IndexOf("\r\n"u8);
        var isVersion11 = ReadStatus(lines[..end], fields);
        if (!FieldLines.TryRead(lines[(end + 2)..], fields)) throw new Http1Exception("The answer's fields are malformed.");

        var (length, isChunked) = ReadFraming(fields, isVersion11);
        var keepSeconds = ReadKeepSeconds(fields);
        var keeps = !RemoveOptions(fields) && isVersion11;
        fields.Remove("keep-alive"u8);
        fields.Remove("proxy-connection"u8);
        fields.Remove("transfer-encoding"u8);
        fields.Remove("upgrade"u8);
        return HeaderRules.StatusOf(fields) is { } status && (status >= 200 || (length is null && !isChunked))
            ? new IncomingAnswer(status, length, isChunked, keeps, keepSeconds)
            : throw new Http1Exception("The answer is malformed.");
    }

    // Many leave the blank out that stands before a reason where there is none.
    private static bool ReadStatus(ReadOnlySpan<byte> line, HeaderFields fields)
    {
        const int Version = 9;
        const int Status = 3;
        var isVersion11 = line.StartsWith("HTTP/1.1 "u8);
        if (!isVersion11 && !line.StartsWith("HTTP/1.0 "u8)) throw new Http1Exception("The answer is not HTTP/1.1.");
        var reason = line[Math.Min(line.Length, Version + Status)..];
        if ((!reason.IsEmpty && reason[0] != ' ') || FieldLines.HasControls(reason)) throw new Http1Exception("The answer's status is malformed.");
        // What it is has to be a number of three digits, as with HTTP/2.
        fields.Add(":status"u8, line[Version..^reason.Length]);
        return isVersion11;
    }

    // RFC 9112, section 6.3: where both are said, or one twice, somebody is to be misled.
    private static (long? Length, bool IsChunked) ReadFraming(HeaderFields fields, bool isVersion11)
    {
        var isLengthRight = HeaderRules.TryReadLength(fields, out var length) && (length is null || fields.Single("content-length"u8) >= 0);
        var isChunked = fields.Has("transfer-encoding"u8);
        var coding = fields.Single("transfer-encoding"u8);
        if (!isLengthRight || (isChunked && (length is not null || !isVersion11 || coding < 0 || !Ascii.EqualsIgnoreCase(fields.Value(coding), "chunked"u8))))
        {
            throw new Http1Exception("Where the answer ends is not clear.");
        }

        return (length, isChunked);
    }

    private static int? ReadKeepSeconds(HeaderFields fields)
    {
        var keepAlive = fields.Single("keep-alive"u8);
        if (keepAlive < 0) return null;
        var value = fields.Value(keepAlive);
        var timeout = value.IndexOf("timeout="u8);
        return timeout >= 0 && Utf8Parser.TryParse(value[(timeout + "timeout="u8.Length)..], out int seconds, out _) ? seconds : null;
    }

    /// <summary>Takes out what is said of this connection, and the fields that are named there.</summary>
    /// <returns>Whether it is to be closed.</returns>
    private static bool RemoveOptions(HeaderFields fields)
    {
        if (!fields.Has("connection"u8)) return false;
        Span<byte> options = stackalloc byte[MostOptions];
        var rest = options[..Lower(fields, options)];
        fields.Remove("connection"u8);
        var isClosed = false;
        while (!rest.IsEmpty)
        {
            var comma = rest.IndexOf((byte)',');
            var option = rest[..comma].Trim(" \t"u8);
            rest = rest[(comma + 1)..];
            if (option.SequenceEqual("close"u8)) isClosed = true;
            // The status is no field.
            else if (!option.StartsWith(":"u8)) fields.Remove(option);
        }

        return isClosed;
    }

    /// <summary>Writes all options one after another, each with a comma, in lower case.</summary>
    private static int Lower(HeaderFields fields, Span<byte> options)
    {
        var length = 0;
        for (var i = 0; i < fields.Count; i++)
        {
            if (!fields.IsNamed(i, "connection"u8)) continue;
            var value = fields.Value(i);
            if (value.Length >= options.Length - length || Ascii.ToLower(value, options[length..], out _) != OperationStatus.Done)
            {
                throw new Http1Exception("The connection options are malformed.");
            }

            length += value.Length;
            options[length++] = (byte)',';
        }

        return length;
    }
}
