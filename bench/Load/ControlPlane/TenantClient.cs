using System.Net.Http.Headers;
using System.Text.Json;
using RestateCloud.Load.ControlPlane.Hosts;

namespace RestateCloud.Load.ControlPlane;

/// <summary>A tenant at the control API.</summary>
internal sealed class TenantClient(LoadTenant tenant) : IDisposable
{
    private readonly HttpClient _http = new()
    {
        BaseAddress = tenant.Api,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", tenant.Token) },
    };

    private int _names;

    public Task DescribeEnvironmentAsync(CancellationToken cancellationToken) =>
        PostAsync("DescribeEnvironment", new { environmentId = tenant.EnvironmentId }, cancellationToken);

    public async Task CreateAndDeleteKeyAsync(CancellationToken cancellationToken)
    {
        var key = await PostAsync("CreateApiKey", new { environmentId = tenant.EnvironmentId, roleId = "rst:role::IngressAccess" }, cancellationToken);
        await PostAsync("DeleteApiKey", new { environmentId = tenant.EnvironmentId, keyId = key.GetProperty("keyId").GetString() }, cancellationToken);
    }

    public async Task CreateAndDestroyEnvironmentAsync(CancellationToken cancellationToken)
    {
        var created = await PostAsync("CreateEnvironment", new { name = $"n{_names++}" }, cancellationToken);
        await PostAsync("DestroyEnvironment", new { environmentId = created.GetProperty("environmentId").GetString() }, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> PostAsync(string operation, object body, CancellationToken cancellationToken)
    {
        using var response = await _http.PostAsJsonAsync($"cloud/{tenant.AccountId}/{operation}", body, cancellationToken);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)
            : throw new InvalidOperationException($"{operation}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
