using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RestateCloud.Gateway.Tests.Hosting;

namespace RestateCloud.Gateway.Tests.ControlApi;

/// <summary>Calls the control API as a client of the wire does: bytes out, status and JSON back.</summary>
internal sealed class ApiClient(HttpClient http) : IDisposable
{
    public static async Task<ApiClient> OfAsync(TestTenant tenant, Version? version = null) =>
        new(Clients.To(tenant.Cloud.Ports.Api, await tenant.TokenAsync(), version));

    public static ApiClient With(TestCloud cloud, string? credential) => new(Clients.To(cloud.Ports.Api, credential));

    public HttpClient Http { get; } = http;

    /// <summary>The answer, whatever its status.</summary>
    public async Task<ApiAnswer> TryAsync(string path, string? body = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = Http.DefaultRequestVersion,
            VersionPolicy = Http.DefaultVersionPolicy,
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (idempotencyKey is not null) request.Headers.TryAddWithoutValidation("idempotency-key", idempotencyKey);
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await ApiAnswer.ReadAsync(response);
    }

    public Task<ApiAnswer> TryAsync(string path, object body, string? idempotencyKey = null) =>
        TryAsync(path, JsonSerializer.Serialize(body), idempotencyKey);

    /// <summary>The answer, which must be a success.</summary>
    public async Task<JsonNode> CallAsync(string path, object? body = null, string? idempotencyKey = null)
    {
        var answer = body is null ? await TryAsync(path, null, idempotencyKey) : await TryAsync(path, body, idempotencyKey);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{path}: {answer.Status} {answer.Text}");
        return answer.Json;
    }

    public void Dispose() => Http.Dispose();
}

/// <summary>An answer of the control API.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, string Text, HttpResponseMessage Response)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string Message => (string)Json["message"]!;

    public static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response) =>
        new(response.StatusCode, await response.Content.ReadAsStringAsync(), response);

    /// <summary>Checks that it is a refusal in the API's form.</summary>
    public void AssertRefused(HttpStatusCode status, string? saying = null)
    {
        Assert.True(Status == status, $"expected {status}: {Status} {Text}");
        Assert.Equal("application/json", Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["code", "message"], Json.AsObject().Select(field => field.Key));
        Assert.Equal((int)status, (int)Json["code"]!);
        if (saying is not null) Assert.Contains(saying, Message, StringComparison.Ordinal);
    }
}
