using System.Net.Http.Json;
using System.Text.Json;
using RestateCloud.EndToEnd.Tests.ControlPlane;
using RestateCloud.EndToEnd.Tests.Services;

namespace RestateCloud.EndToEnd.Tests.Clouds;

/// <summary>An environment of a tenant, ACTIVE, with clients that hold a key for everything; destroyed when the test ends.</summary>
public sealed class TenantEnvironment : IAsyncDisposable
{
    private readonly Tenant _tenant;

    private TenantEnvironment(Tenant tenant, EnvironmentDescription description, string fullKey)
    {
        (_tenant, Description, FullKey) = (tenant, description, fullKey);
        Ingress = IngressAs(fullKey);
        Admin = AdminAs(fullKey);
    }

    public EnvironmentDescription Description { get; }

    public string Id => Description.EnvironmentId;

    /// <summary>An API key with the role for everything.</summary>
    public string FullKey { get; }

    public HttpClient Ingress { get; }

    public HttpClient Admin { get; }

    public static async Task<TenantEnvironment> CreateAsync(Tenant tenant, string? version = null)
    {
        var created = await tenant.Api.CreateEnvironmentAsync(tenant.AccountId, $"e-{Guid.NewGuid():N}", version);
        var description = await tenant.Api.ActiveEnvironmentAsync(tenant.AccountId, created.EnvironmentId);
        var key = await tenant.Api.CreateApiKeyAsync(tenant.AccountId, created.EnvironmentId, Roles.Full);
        return new TenantEnvironment(tenant, description, key.ApiKey);
    }

    public HttpClient IngressAs(string? credential) => Http.Client(Description.IngressBaseUrl, credential);

    public HttpClient AdminAs(string? credential) => Http.Client(Description.AdminBaseUrl, credential);

    /// <summary>The environment's key of a role, created on first use.</summary>
    public Task<CreatedKey> KeyAsync(string role) => _tenant.Api.CreateApiKeyAsync(_tenant.AccountId, Id, role, idempotencyKey: role);

    public async Task RegisterAsync(NodeService service)
    {
        using var response = await Admin.PostAsJsonAsync("deployments", new { uri = service.Url });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The rows of a query over Restate's own tables.</summary>
    public async Task<JsonElement[]> QueryAsync(string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "query") { Content = JsonContent.Create(new { query }) };
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await Admin.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, answer);
        return [.. JsonDocument.Parse(answer).RootElement.GetProperty("rows").EnumerateArray()];
    }

    public async ValueTask DisposeAsync()
    {
        Ingress.Dispose();
        Admin.Dispose();
        await _tenant.Api.DestroyEnvironmentAsync(_tenant.AccountId, Id);
    }
}
