using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using RestateCloud.Grains.Errors;

namespace RestateCloud.Gateway.ControlApi.Requests;

/// <summary>
/// Reads a request from the body. No body, and one of white space only, is the empty object: the official CLI sends
/// <c>content-type: application/json</c> with nothing behind it. The content type is not looked at, because there is only one.
/// </summary>
internal static class RequestReader
{
    /// <summary>The largest body in bytes.</summary>
    public const int MaximumBytes = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly byte[] EmptyObject = "{}"u8.ToArray();

    /// <summary>The request.</summary>
    /// <exception cref="CloudException">Not the JSON that was asked for, too large, or too slow; the message says what to do.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        var body = await ReadBodyAsync(context);
        if (body.AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0) body = EmptyObject;
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException();
        }
        catch (JsonException exception)
        {
            throw new CloudException(CloudError.Invalid, BadRequestExplanation.Of(body, type, exception));
        }
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaximumBytes) throw TooLarge();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Patience);
        var reader = context.Request.BodyReader;
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(patience.Token);
                if (result.Buffer.Length > MaximumBytes) throw TooLarge();
                if (result.IsCompleted)
                {
                    var body = result.Buffer.ToArray();
                    reader.AdvanceTo(result.Buffer.End);
                    return body;
                }

                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new CloudException(CloudError.Invalid, $"The body did not arrive within {Patience.TotalSeconds} seconds. Send it again.");
        }
    }

    private static CloudException TooLarge() =>
        new(CloudError.Invalid, $"The body is larger than {MaximumBytes / 1024} KiB; no operation needs that much.");
}
