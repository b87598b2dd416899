using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using RestateCloud.Gateway.Listening;

namespace RestateCloud.Gateway.Errors;

/// <summary>
/// Writes refusals as restate-server 1.7 writes its own errors, so that clients need not tell the two apart: the ingress says
/// <c>{"code","message","source"}</c> with a header, the admin API <c>{"message"}</c>; the code is added there.
/// </summary>
internal static class RefusalWriter
{
    /// <summary>What refusals are written as.</summary>
    public const string ContentType = "application/json";

    private const string ErrorSourceHeader = "x-restate-error-source";
    private const string IngressSource = "ingress";
    private static readonly JsonEncodedText Code = JsonEncodedText.Encode("code");
    private static readonly JsonEncodedText Message = JsonEncodedText.Encode("message");
    private static readonly JsonEncodedText Source = JsonEncodedText.Encode("source");

    public static Task WriteAsync(HttpContext context, PortRole role, Refusal refusal)
    {
        var response = context.Response;
        response.StatusCode = refusal.StatusCode;
        response.ContentType = ContentType;
        if (refusal.RetryAfterSeconds is { } seconds) response.Headers.RetryAfter = HeaderUtilities.FormatNonNegativeInt64(seconds);
        if (refusal.StatusCode == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
        if (role == PortRole.Ingress)
        {
            response.Headers[ErrorSourceHeader] = IngressSource;
            Cors.AllowReading(context);
        }

        WriteBody(response.BodyWriter, role, refusal);
        return response.CompleteAsync();
    }

    /// <summary>The body alone, of the type <see cref="ContentType"/>.</summary>
    public static byte[] BodyOf(PortRole role, Refusal refusal)
    {
        var body = new ArrayBufferWriter<byte>();
        WriteBody(body, role, refusal);
        return body.WrittenSpan.ToArray();
    }

    private static void WriteBody(IBufferWriter<byte> output, PortRole role, Refusal refusal)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteNumber(Code, refusal.StatusCode);
        json.WriteString(Message, refusal.Message);
        if (role == PortRole.Ingress) json.WriteString(Source, IngressSource);
        json.WriteEndObject();
    }
}
