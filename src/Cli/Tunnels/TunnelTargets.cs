using RestateCloud.Cli.Api;
using RestateCloud.Cli.OfficialCli;
using RestateCloud.Cli.Tunnels.Connecting;
using RestateCloud.Protocols.Identity;

namespace RestateCloud.Cli.Tunnels;

/// <summary>Finds out all that a tunnel takes from the cloud's API. No DNS is asked for a server: the API says where it is.</summary>
internal static class TunnelTargets
{
    /// <summary>Finds the environment and what leads to it.</summary>
    /// <exception cref="CommandException">There is none, or the cloud's answer is of no use.</exception>
    public static async Task<TunnelTarget> FindAsync(TunnelArguments arguments, CloudApi api, CliSettings settings, CancellationToken cancellationToken)
    {
        var environment = (await EnvironmentFinder.FindAsync(api, settings, arguments.Environment, cancellationToken)).Details;
        var keys = KeysOf(environment);
        return new TunnelTarget(
            environment.EnvironmentId,
            settings.Credential!,
            keys,
            arguments.Servers is [_, ..] servers ? servers : [ServerOf(environment)],
            await TrustAsync(arguments.AuthorityFile, environment, cancellationToken),
            new EnvironmentDoors(new Uri(environment.IngressBaseUrl), new Uri(environment.AdminBaseUrl)),
            async lookUp =>
            {
                try
                {
                    return KeysOf((await EnvironmentFinder.FindAsync(api, settings, arguments.Environment, lookUp)).Details);
                }
                catch (CommandException)
                {
                    return keys;
                }
            });
    }

    private static IdentityKeySet KeysOf(EnvironmentDetails environment) => new(environment.PublicKeys.Select(key => (key.PublicKey, key.AcceptedUntil)));

    private static TunnelServer ServerOf(EnvironmentDetails environment) =>
        TunnelServer.Parse(environment.TunnelBaseUrl) ?? throw new CommandException($"The cloud's tunnel server '{environment.TunnelBaseUrl}' is no address: give one with --tunnel-server.");

    // The API is what the credential is shown to: whom it vouches for may be trusted as far.
    private static async Task<ServerTrust> TrustAsync(string? file, EnvironmentDetails environment, CancellationToken cancellationToken)
    {
        if (file is not null) return ServerTrust.Only(await File.ReadAllTextAsync(file, cancellationToken), file);
        return environment.TunnelAuthority is { } authority ? ServerTrust.Only(authority, "the cloud's answer") : ServerTrust.System;
    }
}
