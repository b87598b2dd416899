using System.Net.Http.Headers;
using System.Text.Json;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Clouds;

/// <summary>The control API as a client sees it.</summary>
internal sealed class ControlApi(FirstRun firstRun) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http = new()
    {
        BaseAddress = firstRun.ApiBaseUrl,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", firstRun.AccessToken) },
    };

    public async Task<string> CreateAccountAsync(string name) => (await PostAsync<Account>("CreateAccount", new { name })).AccountId;

    public async Task<string> CreateEnvironmentAsync(string account, string name, string tierId = "FREE") =>
        (await PostAsync<CreatedEnvironment>($"{account}/CreateEnvironment", new { name, tierId })).EnvironmentId;

    public Task<EnvironmentDescription> DescribeEnvironmentAsync(string account, string environmentId) =>
        PostAsync<EnvironmentDescription>($"{account}/DescribeEnvironment", new { environmentId });

    /// <summary>Polls, 20 ms between an answer and the next question.</summary>
    public Task<EnvironmentDescription> ActiveEnvironmentAsync(string account, string environmentId) =>
        Eventually.GetAsync(
            async () => await DescribeEnvironmentAsync(account, environmentId) is { Status: "ACTIVE" } active ? active : null,
            $"{environmentId} is ACTIVE",
            Patience);

    public Task DestroyEnvironmentAsync(string account, string environmentId) =>
        PostAsync<JsonElement>($"{account}/DestroyEnvironment", new { environmentId });

    /// <returns>The secret of a new key for the ingress alone.</returns>
    public async Task<string> CreateIngressKeyAsync(string account, string environmentId) =>
        (await PostAsync<CreatedKey>($"{account}/CreateApiKey", new { environmentId, roleId = "rst:role::IngressAccess" })).ApiKey;

    public void Dispose() => _http.Dispose();

    private async Task<T> PostAsync<T>(string operation, object body)
    {
        using var response = await _http.PostAsJsonAsync($"cloud/{operation}", body);
        return response.IsSuccessStatusCode
            ? (await response.Content.ReadFromJsonAsync<T>())!
            : throw new InvalidOperationException($"{operation}: {await response.Content.ReadAsStringAsync()}");
    }
}
