using RestateCloud.Cli.OfficialCli;

namespace RestateCloud.Cli.Api;

/// <summary>Finds the environment that a person means.</summary>
internal static class EnvironmentFinder
{
    /// <summary>Describes the one that is named, or the profile's where none is.</summary>
    /// <param name="api">The cloud.</param>
    /// <param name="settings">With the profile in use.</param>
    /// <param name="named">An id or a name, also <c>ACCOUNT/ENVIRONMENT</c> with an id or a name each; or null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CommandException">There is none, or more than one.</exception>
    public static async Task<DescribedEnvironment> FindAsync(CloudApi api, CliSettings settings, string? named, CancellationToken cancellationToken)
    {
        if (settings is { AccountId: { } accountId, EnvironmentId: { } environmentId } && (named is null || named == environmentId))
            return await api.DescribeEnvironmentAsync(accountId, environmentId, cancellationToken);
        if (named is null)
            throw new CommandException("Which environment? Name one, or choose one for all commands with 'restate cloud env configure'.");

        var parts = named.Split('/', 2);
        var matches = await SearchAsync(api, parts is [var account, _] ? account : null, parts[^1], cancellationToken);
        return matches switch
        {
            [var (owner, environment)] => await api.DescribeEnvironmentAsync(owner, environment, cancellationToken),
            [] => throw new CommandException($"You have no environment '{named}'."),
            _ => throw new CommandException($"More than one environment is called '{named}': give its id, one of {string.Join(", ", matches.Select(match => match.EnvironmentId))}."),
        };
    }

    private static async Task<List<(string AccountId, string EnvironmentId)>> SearchAsync(
        CloudApi api, string? accountNamed, string named, CancellationToken cancellationToken)
    {
        var matches = new List<(string AccountId, string EnvironmentId)>();
        foreach (var account in await api.ListAccountsAsync(cancellationToken))
        {
            if (accountNamed is not null && account.AccountId != accountNamed && account.Name != accountNamed) continue;
            var environments = await api.ListEnvironmentsAsync(account.AccountId, cancellationToken);
            matches.AddRange(
                from environment in environments
                where environment.EnvironmentId == named || environment.Name == named
                select (account.AccountId, environment.EnvironmentId));
        }

        return matches;
    }
}
