using RestateCloud.Cli.OfficialCli;
using RestateCloud.Cli.Tunnels.Connecting;
using RestateCloud.Protocols.Identity;

namespace RestateCloud.Cli.Tunnels;

/// <summary>
/// A tunnel that asks no API, by the variables of the official standalone client: a key that may open tunnels, and
/// nothing else, is enough.
/// </summary>
internal static class StandaloneTarget
{
    /// <summary>The tunnel's name, where the command line gives none.</summary>
    public const string NameVariable = "RESTATE_TUNNEL_NAME";

    private const string EnvironmentVariable = "RESTATE_ENVIRONMENT_ID";
    private const string KeyVariable = "RESTATE_SIGNING_PUBLIC_KEY";
    private const string ServersVariable = "RESTATE_TUNNEL_SERVERS";

    /// <summary>The target, or null when <c>RESTATE_ENVIRONMENT_ID</c> is not set.</summary>
    /// <param name="arguments">What the command line adds.</param>
    /// <param name="variable">Reads an environment variable; null when it is not set.</param>
    /// <param name="cancellationToken">Ends the reading of a file.</param>
    /// <exception cref="CommandException">Something is missing or cannot be used.</exception>
    public static async Task<TunnelTarget?> FindAsync(TunnelArguments arguments, Func<string, string?> variable, CancellationToken cancellationToken)
    {
        if (variable(EnvironmentVariable) is not { } environmentId) return null;

        if (arguments.Environment is not null) throw new CommandException($"Give --environment or {EnvironmentVariable}, not both.");
        if (arguments.RemotePorts is [_, ..]) throw new CommandException($"The environment's ports are not known without the cloud's API: leave --remote-port out, or {EnvironmentVariable}.");
        var keys = new IdentityKeySet([(Needed(KeyVariable), null)]);
        return new TunnelTarget(
            environmentId,
            Needed(CliSettings.TokenVariable),
            keys,
            arguments.Servers is [_, ..] servers ? servers : ServersOf(Needed(ServersVariable)),
            arguments.AuthorityFile is { } file ? ServerTrust.Only(await File.ReadAllTextAsync(file, cancellationToken), file) : ServerTrust.System,
            Doors: null,
            _ => Task.FromResult(keys));

        string Needed(string name) => variable(name) ?? throw new CommandException($"{EnvironmentVariable} is set, so {name} must be too.");
    }

    private static IReadOnlyList<TunnelServer> ServersOf(string text) =>
    [
        .. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(server => TunnelServer.Parse(server) ?? throw new CommandException($"'{server}' in {ServersVariable} is not HOST:PORT.")),
    ];
}
