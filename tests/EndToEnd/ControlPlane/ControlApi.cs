using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace RestateCloud.EndToEnd.Tests.ControlPlane;

/// <summary>The control API as a client without the product's code sees it.</summary>
/// <param name="baseUrl">Where it is now: a cloud that is started again may listen elsewhere.</param>
/// <param name="credential">What the client presents, or null.</param>
public sealed class ControlApi(Func<Uri> baseUrl, string? credential) : IDisposable
{
    private readonly HttpClient _http = Http.Client(credential);

    public Task<Account> CreateAccountAsync(string name) => PostAsync<Account>("CreateAccount", new { name });

    public async Task<IReadOnlyList<EnvironmentSummary>> ListEnvironmentsAsync(string account) =>
        (await PostAsync<EnvironmentList>($"{account}/ListEnvironments", new { })).Environments;

    public Task<CreatedEnvironment> CreateEnvironmentAsync(string account, string name, string? version = null, string? idempotencyKey = null) =>
        PostAsync<CreatedEnvironment>($"{account}/CreateEnvironment", new { name, version }, idempotencyKey);

    public Task<EnvironmentDescription> DescribeEnvironmentAsync(string account, string environmentId) =>
        PostAsync<EnvironmentDescription>($"{account}/DescribeEnvironment", new { environmentId });

    public Task UpdateEnvironmentTierAsync(string account, string environmentId, string tierId) =>
        PostAsync<JsonElement>($"{account}/UpdateEnvironmentTier", new { environmentId, tierId });

    public Task UpdateEnvironmentVersionAsync(string account, string environmentId, string version) =>
        PostAsync<JsonElement>($"{account}/UpdateEnvironmentVersion", new { environmentId, version });

    public async Task<string> BeginIdentityKeyRotationAsync(string account, string environmentId, string? idempotencyKey = null) =>
        (await PostAsync<NextIdentityKey>($"{account}/BeginIdentityKeyRotation", new { environmentId }, idempotencyKey)).PublicKey;

    public Task CompleteIdentityKeyRotationAsync(string account, string environmentId, string publicKey) =>
        PostAsync<JsonElement>($"{account}/CompleteIdentityKeyRotation", new { environmentId, publicKey });

    public Task DestroyEnvironmentAsync(string account, string environmentId) =>
        PostAsync<JsonElement>($"{account}/DestroyEnvironment", new { environmentId });

    public Task<CreatedKey> CreateApiKeyAsync(string account, string environmentId, string roleId, string? idempotencyKey = null) =>
        PostAsync<CreatedKey>($"{account}/CreateApiKey", new { environmentId, roleId }, idempotencyKey);

    public async Task<IReadOnlyList<KeyReference>> ListApiKeysAsync(string account, string environmentId) =>
        (await PostAsync<KeyList>($"{account}/ListApiKeys", new { environmentId })).ApiKeys;

    public Task<KeyDescription> DescribeApiKeyAsync(string account, string environmentId, string keyId) =>
        PostAsync<KeyDescription>($"{account}/DescribeApiKey", new { environmentId, keyId });

    public Task DeleteApiKeyAsync(string account, string environmentId, string keyId) =>
        PostAsync<JsonElement>($"{account}/DeleteApiKey", new { environmentId, keyId });

    /// <summary>Any operation, by its path below <c>/cloud</c>; repeated when the cloud says that it was too early.</summary>
    /// <exception cref="ControlApiException">It was refused.</exception>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    public async Task<T> PostAsync<T>(string operation, object body, string? idempotencyKey = null)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(baseUrl(), $"cloud/{operation}")) { Content = JsonContent.Create(body) };
            if (idempotencyKey is not null) request.Headers.Add("idempotency-key", idempotencyKey);
            using var response = await _http.SendAsync(request);
            if (response.IsSuccessStatusCode) return (await response.Content.ReadFromJsonAsync<T>())!;

            // Tests that run side by side are one user to the cloud, and together they ask often.
            if (response is { StatusCode: HttpStatusCode.TooManyRequests, Headers.RetryAfter.Delta: { } pause })
            {
                await Task.Delay(pause);
                continue;
            }

            var error = await response.Content.ReadFromJsonAsync<ErrorBody>();
            Assert.Equal((int)response.StatusCode, error!.Code);
            throw new ControlApiException(response.StatusCode, error.Message);
        }
    }

    public void Dispose() => _http.Dispose();
}
