namespace RestateCloud.Cli.OfficialCli;

/// <summary>What the official CLI would go by here: its configuration file, the profile in use, and its environment variables.</summary>
/// <param name="Api">The cloud, or null when nobody has signed in.</param>
/// <param name="AccessToken">The user's, for the control API.</param>
/// <param name="Credential">For tunnels, ingress and admin API: <c>$RESTATE_AUTH_TOKEN</c> or the profile's <c>bearer_token</c>, else <paramref name="AccessToken"/>.</param>
/// <param name="AccountId">The account of the profile's environment.</param>
/// <param name="EnvironmentId">The profile's environment.</param>
internal sealed record CliSettings(Uri? Api, string? AccessToken, string? Credential, string? AccountId, string? EnvironmentId)
{
    /// <summary>The variable with a token, which keeps it off the command line.</summary>
    public const string TokenVariable = "RESTATE_AUTH_TOKEN";

    private const string ProfileVariable = "RESTATE_ENVIRONMENT";

    /// <summary>Reads them.</summary>
    /// <exception cref="IOException">A file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static async Task<CliSettings> LoadAsync(CancellationToken cancellationToken)
    {
        var text = await ReadAsync(CliConfiguration.Default().File, cancellationToken);
        var profile = Variable(ProfileVariable) ?? await ReadAsync(Path.Combine(CliConfiguration.Home(), "environment"), cancellationToken);
        return Of(TomlTables.Parse(text), profile.Trim(), Variable(TokenVariable));
    }

    /// <summary>Puts them together. The table <c>global</c> has the last word, as in the official CLI.</summary>
    internal static CliSettings Of(TomlTables tables, string profile, string? token)
    {
        var accessToken = Cloud("access_token") ?? token;
        return new(
            Uri.TryCreate(Cloud("api_base_url"), UriKind.Absolute, out var api) ? api : null,
            accessToken,
            token ?? tables.Find("global", "bearer_token") ?? tables.Find(profile, "bearer_token") ?? accessToken,
            Cloud("account_id"),
            Cloud("environment_id"));

        string? Cloud(string key) => tables.Find("global.cloud", key) ?? tables.Find($"{profile}.cloud", key);
    }

    /// <summary>Leaves the secrets out.</summary>
    public override string ToString() => $"{Api} {AccountId}/{EnvironmentId}";

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken) =>
        File.Exists(file) ? await File.ReadAllTextAsync(file, cancellationToken) : "";
}
