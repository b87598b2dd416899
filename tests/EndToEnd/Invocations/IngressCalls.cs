using System.Net.Http.Json;

namespace RestateCloud.EndToEnd.Tests.Invocations;

/// <summary>What the ingress answers to a send.</summary>
public sealed record Sent(string InvocationId, string Status);

/// <summary>An error of the ingress.</summary>
public sealed record RestateError(int Code, string Message, string Source);

/// <summary>Calls and sends that must succeed.</summary>
public static class IngressCalls
{
    private const string IdempotencyKey = "idempotency-key";

    public static Task<Sent> SendToAsync(this HttpClient ingress, string path, object? body, string? idempotencyKey = null) =>
        ingress.CallAsync<Sent>(path, body, idempotencyKey);

    public static async Task<T> CallAsync<T>(this HttpClient ingress, string path, object? body, string? idempotencyKey = null)
    {
        // No body is not the same as JSON's null: a handler without an input takes no content type.
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (idempotencyKey is not null) request.Headers.Add(IdempotencyKey, idempotencyKey);
        using var response = await ingress.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<T>())!;
    }
}
