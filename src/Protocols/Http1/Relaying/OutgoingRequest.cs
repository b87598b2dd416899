using System.Buffers.Text;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Protocols.Http1.Relaying;

/// <summary>Writes a request that has come in HTTP/2 as one of HTTP/1.1 (RFC 9112, section 3).</summary>
internal static class OutgoingRequest
{
    private const int MostDigits = 20;

    /// <summary>Writes everything before the body, and says to <paramref name="body"/> how that is written.</summary>
    /// <param name="output">Where it is written.</param>
    /// <param name="request">Its fields, well formed.</param>
    /// <param name="isLast">Whether it has no body.</param>
    /// <param name="body">Writes what follows.</param>
    public static void Write(PooledBuffer output, HeaderFields request, bool isLast, BodyEncoder body)
    {
        var method = request.Value(request.Single(":method"u8));
        output.Add(method);
        output.Add(" "u8);
        output.Add(request.Value(request.Single(":path"u8)));
        output.Add(" HTTP/1.1\r\n"u8);
        FieldLines.Write(output, "host"u8, HostOf(request));
        WriteFields(output, request);

        HeaderRules.TryReadLength(request, out var length);
        if (isLast && length is null && IsBodyExpected(method)) length = 0;
        if (length is { } known)
        {
            Span<byte> digits = stackalloc byte[MostDigits];
            Utf8Formatter.TryFormat(known, digits, out var count);
            FieldLines.Write(output, "content-length"u8, digits[..count]);
            body.Begin(known);
        }
        else if (isLast)
        {
            body.Begin(0);
        }
        else
        {
            output.Add("transfer-encoding: chunked\r\n"u8);
            body.BeginChunks();
        }

        output.Add("\r\n"u8);
    }

    // RFC 9113, section 8.3.1.
    private static ReadOnlySpan<byte> HostOf(HeaderFields request)
    {
        var host = request.Single(":authority"u8);
        if (host < 0) host = request.Single("host"u8);
        return host < 0 ? default : request.Value(host);
    }

    private static void WriteFields(PooledBuffer output, HeaderFields request)
    {
        var isCookieWritten = false;
        for (var i = 0; i < request.Count; i++)
        {
            var name = request.Name(i);
            if (name[0] == (byte)':' || IsOfOneConnection(name)) continue;
            if (!name.SequenceEqual("cookie"u8))
            {
                FieldLines.Write(output, name, request.Value(i));
            }
            else if (!isCookieWritten)
            {
                WriteCookie(output, request, i);
                isCookieWritten = true;
            }
        }
    }

    // RFC 9113, section 8.2.3: they are one field, which HTTP/2 may have taken apart.
    private static void WriteCookie(PooledBuffer output, HeaderFields request, int first)
    {
        output.Add("cookie: "u8);
        output.Add(request.Value(first));
        for (var i = first + 1; i < request.Count; i++)
        {
            if (!request.IsNamed(i, "cookie"u8)) continue;
            output.Add("; "u8);
            output.Add(request.Value(i));
        }

        output.Add("\r\n"u8);
    }

    // What says where the body ends is written here, once.
    private static bool IsOfOneConnection(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => name.SequenceEqual("te"u8),
        4 => name.SequenceEqual("host"u8),
        14 => name.SequenceEqual("content-length"u8),
        _ => false,
    };

    // RFC 9110, section 8.6: of the others a server expects none when nothing is said.
    private static bool IsBodyExpected(ReadOnlySpan<byte> method) =>
        method.SequenceEqual("POST"u8) || method.SequenceEqual("PUT"u8) || method.SequenceEqual("PATCH"u8);
}
