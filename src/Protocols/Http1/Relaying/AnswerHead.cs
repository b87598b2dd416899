using System.Buffers.Text;
using System.Net;
using System.Text;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Protocols.Http1.Relaying;

/// <summary>Writes the head of an answer (RFC 9112, sections 4 and 6).</summary>
internal static class AnswerHead
{
    private const int MostDigits = 20;

    private static readonly byte[]?[] StatusLines = new byte[]?[1000];

    /// <summary>Writes one.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="status">From 200 to 999.</param>
    /// <param name="fields">All fields, with the status as the first.</param>
    /// <param name="isLast">Whether it is the whole answer.</param>
    /// <param name="isHead">Whether the request's method was HEAD.</param>
    /// <param name="isClosing">Whether no other request is taken after it.</param>
    /// <param name="body">Begins the body that belongs to it.</param>
    public static void Write(PooledBuffer output, int status, HeaderFields fields, bool isLast, bool isHead, bool isClosing, BodyEncoder body)
    {
        output.Add(StatusLines[status] ??= StatusLine(status));
        for (var i = 1; i < fields.Count; i++)
        {
            if (!fields.IsNamed(i, "content-length"u8)) FieldLines.Write(output, fields.Name(i), fields.Value(i));
        }

        if (isClosing) output.Add("connection: close\r\n"u8);
        var hasBody = !isHead && status is not (204 or 304);
        HeaderRules.TryReadLength(fields, out var length);
        if (hasBody && isLast) length ??= 0;
        if (hasBody && length is null) BeginChunks(output, body);
        else body.Begin(hasBody ? length!.Value : 0);
        // RFC 9110, section 8.6.
        if (length is { } known && status != 204) WriteLength(output, known);
        output.Add("\r\n"u8);
    }

    private static void BeginChunks(PooledBuffer output, BodyEncoder body)
    {
        output.Add("transfer-encoding: chunked\r\n"u8);
        body.BeginChunks();
    }

    private static void WriteLength(PooledBuffer output, long length)
    {
        Span<byte> digits = stackalloc byte[MostDigits];
        Utf8Formatter.TryFormat(length, digits, out var count);
        FieldLines.Write(output, "content-length"u8, digits[..count]);
    }

    // .NET knows the phrases, and tells them by this way only.
    private static byte[] StatusLine(int status)
    {
        using var message = new HttpResponseMessage((HttpStatusCode)status);
        return Encoding.ASCII.GetBytes($"HTTP/1.1 {status} {message.ReasonPhrase}\r\n");
    }
}
