using System.CommandLine;
using System.Security.Cryptography;
using RestateCloud.Cli.Api;
using RestateCloud.Cli.OfficialCli;
using RestateCloud.Cli.Tunnels.Connecting;
using RestateCloud.Cli.Tunnels.Display;
using RestateCloud.Cli.Tunnels.RemotePorts;

namespace RestateCloud.Cli.Tunnels;

/// <summary><c>restate-cloud tunnel</c>: what the official <c>restate cloud env tunnel</c> does, on a machine without DNS of its own too.</summary>
internal static class TunnelCommand
{
    private const string Text = """
        Let an environment call services of this machine, and have its ingress and admin API here.

        The cloud and the environment are those that the official CLI is configured for. $RESTATE_AUTH_TOKEN, an API key with
        rst:role::TunnelAccess for instance, takes the place of the signed-in user towards the environment. Where nobody is signed
        in, $RESTATE_ENVIRONMENT_ID, $RESTATE_SIGNING_PUBLIC_KEY and $RESTATE_TUNNEL_SERVERS beside that key say all there is to know.
        """;

    public static Command Create()
    {
        var environment = new Option<string?>("--environment") { Description = "The environment's id or name; without it the one that the official CLI is configured for." };
        var name = new Option<string?>("--tunnel-name") { Description = "The tunnel's name, which registrations hold; without it one is made up." };
        var remotePorts = new Option<string[]>("--remote-port", "-r") { Description = "8080 (ingress) or 9070 (admin API) to have on 127.0.0.1, as PORT:8080 under another number. May be repeated; without it both, where they are free." };
        var noLocal = new Option<bool>("--no-local") { Description = "Serve no services of this machine." };
        var noRemotePorts = new Option<bool>("--no-remote-ports") { Description = "Have no ports of the environment here." };
        var servers = new Option<string[]>("--tunnel-server") { Description = "HOST:PORT of a tunnel server; without it the one that the cloud names. May be repeated." };
        var authority = new Option<string?>("--ca") { Description = "A PEM file with the authority to trust; without it the one that the cloud names, or the system's and $SSL_CERT_FILE." };
        var connections = new Option<int>("--connections") { Description = $"Connections to each tunnel server, 1 to {TunnelLimits.Connections}.", DefaultValueFactory = _ => 1 };
        remotePorts.Validators.Add(parsed => RefuseUnless(parsed, text => RemotePort.Parse(text) is not null, "is not 8080, 9070, or PORT: before one of them"));
        servers.Validators.Add(parsed => RefuseUnless(parsed, text => TunnelServer.Parse(text) is not null, "is not HOST:PORT"));
        connections.Validators.Add(parsed => RefuseUnless(
            parsed, text => int.TryParse(text, out var count) && count is > 0 and <= TunnelLimits.Connections, $"is not a number from 1 to {TunnelLimits.Connections}"));

        var command = new Command("tunnel", Text) { environment, name, remotePorts, noLocal, noRemotePorts, servers, authority, connections };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(noRemotePorts) && parsed.GetValue(noLocal)) parsed.AddError("With --no-local and --no-remote-ports there is nothing to do.");
            if (parsed.GetValue(noRemotePorts) && parsed.GetValue(remotePorts) is [_, ..]) parsed.AddError("Give --remote-port or --no-remote-ports, not both.");
        });
        command.SetAction((parsed, cancellation) => CommandRun.ToExitCodeAsync(
            () => RunAsync(
                new TunnelArguments(
                    parsed.GetValue(environment),
                    parsed.GetValue(name),
                    parsed.GetValue(noRemotePorts) ? [] : parsed.GetValue(remotePorts) is [_, ..] ports ? [.. ports.Select(port => RemotePort.Parse(port)!)] : null,
                    !parsed.GetValue(noLocal),
                    [.. (parsed.GetValue(servers) ?? []).Select(server => TunnelServer.Parse(server)!)],
                    parsed.GetValue(authority),
                    parsed.GetValue(connections)),
                cancellation),
            cancellation));
        return command;
    }

    private static async Task RunAsync(TunnelArguments arguments, CancellationToken cancellationToken)
    {
        if (await StandaloneTarget.FindAsync(arguments, Variable, cancellationToken) is { } standalone)
        {
            await ServeAsync(standalone, arguments with { Name = arguments.Name ?? Variable(StandaloneTarget.NameVariable) }, cancellationToken);
            return;
        }

        var settings = await CliSettings.LoadAsync(cancellationToken);
        using var api = CloudApi.Of(settings);
        await ServeAsync(await TunnelTargets.FindAsync(arguments, api, settings, cancellationToken), arguments, cancellationToken);
    }

    private static async Task ServeAsync(TunnelTarget target, TunnelArguments arguments, CancellationToken cancellationToken)
    {
        var name = arguments.Name ?? $"tunnel-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var activity = new TunnelActivity();
        var showing = TunnelDisplay.ShowAsync(activity, $"Tunnel {name} of {target.EnvironmentId}", target.Servers.Count * arguments.Connections);
        try
        {
            await new TunnelSession(target, name, arguments, activity).RunAsync(cancellationToken);
        }
        finally
        {
            activity.Complete();
            await showing;
            if (arguments.Name is null && arguments.Services) await Console.Out.WriteLineAsync($"To open the same tunnel again: restate-cloud tunnel --tunnel-name {name}");
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static void RefuseUnless(System.CommandLine.Parsing.OptionResult parsed, Func<string, bool> isValid, string sentence)
    {
        foreach (var token in parsed.Tokens.Where(token => !isValid(token.Value))) parsed.AddError($"'{token.Value}' {sentence}.");
    }
}
