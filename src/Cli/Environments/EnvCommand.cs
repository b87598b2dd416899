using System.CommandLine;
using System.Text.Json;
using RestateCloud.Cli.Api;
using RestateCloud.Cli.OfficialCli;

namespace RestateCloud.Cli.Environments;

/// <summary><c>restate-cloud env</c>.</summary>
internal static class EnvCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var named = new Argument<string?>("environment")
        {
            Description = "Its id or name, also ACCOUNT/ENVIRONMENT; without one, the environment that the official CLI is configured for.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var json = new Option<bool>("--json") { Description = "The API's answer as it stands, for scripts." };
        var describe = new Command("describe", "Show an environment: its state, where it is reached, the keys that its calls are signed with.") { named, json };
        describe.SetAction((parsed, cancellation) => CommandRun.ToExitCodeAsync(
            () => DescribeAsync(parsed.GetValue(named), parsed.GetValue(json), cancellation), cancellation));
        return new Command("env", "Environments.") { describe };
    }

    private static async Task DescribeAsync(string? named, bool json, CancellationToken cancellationToken)
    {
        var settings = await CliSettings.LoadAsync(cancellationToken);
        using var api = CloudApi.Of(settings);
        var environment = await EnvironmentFinder.FindAsync(api, settings, named, cancellationToken);
        await Console.Out.WriteLineAsync(json ? JsonSerializer.Serialize(environment.Answer, Indented) : EnvironmentText.Of(environment.Details));
    }
}
