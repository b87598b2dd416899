using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RestateCloud.Cli.OfficialCli;

namespace RestateCloud.Cli.Api;

/// <summary>The operations of the public Cloud API that commands need.</summary>
internal sealed class CloudApi : IDisposable
{
    private readonly HttpClient _http;

    private CloudApi(Uri api, string token)
    {
        _http = new HttpClient { BaseAddress = api, Timeout = TimeSpan.FromSeconds(30) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The API of the cloud that somebody is signed in to.</summary>
    /// <exception cref="CommandException">Nobody is.</exception>
    public static CloudApi Of(CliSettings settings) => settings is { Api: { } api, AccessToken: { } token }
        ? new CloudApi(api, token)
        : throw new CommandException("Nobody is signed in: run 'restate-cloud login URL', or set RESTATE_CLI_CONFIG_HOME to the folder that the cloud has written.");

    public async Task<IReadOnlyList<Account>> ListAccountsAsync(CancellationToken cancellationToken) =>
        (await CallAsync("ListAccounts", CloudJson.Default.AccountList, cancellationToken)).Accounts;

    public async Task<IReadOnlyList<EnvironmentItem>> ListEnvironmentsAsync(string accountId, CancellationToken cancellationToken) =>
        (await CallAsync($"{accountId}/ListEnvironments", CloudJson.Default.EnvironmentList, cancellationToken)).Environments;

    /// <summary>Describes an environment; the answer is kept as it came, beside what is known of it here.</summary>
    public async Task<DescribedEnvironment> DescribeEnvironmentAsync(string accountId, string environmentId, CancellationToken cancellationToken)
    {
        var request = JsonContent.Create(new EnvironmentRequest(environmentId), CloudJson.Default.EnvironmentRequest);
        var answer = await CallAsync($"{accountId}/DescribeEnvironment", CloudJson.Default.JsonElement, cancellationToken, request);
        return new DescribedEnvironment(answer.Deserialize(CloudJson.Default.EnvironmentDetails)!, answer);
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> CallAsync<T>(string operation, JsonTypeInfo<T> type, CancellationToken cancellationToken, HttpContent? request = null)
    {
        try
        {
            using var answer = await _http.PostAsync($"/cloud/{operation}", request, cancellationToken);
            if (answer.IsSuccessStatusCode) return (await answer.Content.ReadFromJsonAsync(type, cancellationToken))!;

            var error = await answer.Content.ReadFromJsonAsync(CloudJson.Default.ApiError, cancellationToken);
            throw new CommandException(error?.Message ?? $"The cloud answered {(int)answer.StatusCode}.");
        }
        catch (HttpRequestException exception)
        {
            throw new CommandException($"The cloud at {_http.BaseAddress} cannot be reached: {exception.Message}");
        }
        catch (JsonException)
        {
            throw new CommandException($"What answers at {_http.BaseAddress} is not a Restate Cloud.");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException($"The cloud at {_http.BaseAddress} did not answer within {_http.Timeout.TotalSeconds:0} seconds.");
        }
    }
}
