using System.Net.Http.Json;

namespace RestateCloud.Cli.SignIn;

/// <summary>The device flow of RFC 8628 on the paths that CLI 1.7 uses: a browser confirms what a terminal asks for.</summary>
internal sealed class DeviceSignIn(HttpClient http, TimeProvider time)
{
    private const string GrantType = "urn:ietf:params:oauth:grant-type:device_code";

    // RFC 8628, section 3.5.
    private static readonly TimeSpan SlowDown = TimeSpan.FromSeconds(5);

    private string _clientId = "";

    public async Task<DevicePrompt> BeginAsync(CancellationToken cancellationToken)
    {
        var configuration = await http.GetFromJsonAsync(".auth-config", SignInJson.Default.AuthConfiguration, cancellationToken);
        _clientId = configuration?.ClientId ?? throw new CommandException("This is not a Restate Cloud: its /.auth-config names no client.");

        using var answer = await PostAsync("user_management/authorize/device", [new("client_id", _clientId)], cancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync(SignInJson.Default.DevicePrompt, cancellationToken)
            ?? throw new CommandException("The cloud's answer is empty.");
    }

    /// <summary>Waits until the browser has confirmed, and answers the access token.</summary>
    /// <exception cref="CommandException">It was refused, or took too long.</exception>
    public async Task<string> CompleteAsync(DevicePrompt prompt, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromSeconds(prompt.Interval);
        var end = time.GetUtcNow() + TimeSpan.FromSeconds(prompt.ExpiresIn);
        while (time.GetUtcNow() < end)
        {
            await Task.Delay(pause, time, cancellationToken);
            using var response = await PostAsync(
                "user_management/authenticate",
                [new("grant_type", GrantType), new("device_code", prompt.DeviceCode), new("client_id", _clientId)],
                cancellationToken);
            var answer = await response.Content.ReadFromJsonAsync(SignInJson.Default.TokenAnswer, cancellationToken);
            if (answer?.AccessToken is { } token) return token;

            if (answer?.Error == "slow_down") pause += SlowDown;
            else if (answer?.Error != "authorization_pending") throw new CommandException($"The sign-in was refused: {answer?.Error ?? response.StatusCode.ToString()}.");
        }

        throw new CommandException("The code has expired before it was confirmed; run the command again.");
    }

    private Task<HttpResponseMessage> PostAsync(string path, KeyValuePair<string, string>[] form, CancellationToken cancellationToken) =>
        http.PostAsync(path, new FormUrlEncodedContent(form), cancellationToken);
}
