using System.CommandLine;
using RestateCloud.Cli.OfficialCli;

namespace RestateCloud.Cli.SignIn;

/// <summary><c>restate-cloud login URL</c>: what CLI 1.7 cannot do against another cloud than its maker's, done for it.</summary>
internal static class LoginCommand
{
    public static Command Create()
    {
        var api = new Argument<Uri>("url")
        {
            Description = "The cloud's API, such as http://127.0.0.1:7600.",
            CustomParser = parsed => Uri.TryCreate(parsed.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
                ? url
                : Refuse(parsed),
        };
        var login = new Command("login", "Sign in through a browser and give the official CLI the access token.") { api };
        login.SetAction((parsed, cancellation) => CommandRun.ToExitCodeAsync(() => RunAsync(parsed.GetValue(api)!, cancellation), cancellation));
        return login;
    }

    private static async Task RunAsync(Uri api, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = api, Timeout = TimeSpan.FromSeconds(30) };
        var signIn = new DeviceSignIn(http, TimeProvider.System);
        var prompt = await signIn.BeginAsync(cancellationToken);
        await Console.Out.WriteLineAsync($"Open {prompt.VerificationUriComplete}\nand confirm the code {prompt.UserCode}. Waiting …");

        var token = await signIn.CompleteAsync(prompt, cancellationToken);
        var configuration = CliConfiguration.Default();
        await configuration.SignInAsync(api, token, cancellationToken);
        await Console.Out.WriteLineAsync($"Signed in. Written to {configuration.File}; go on with: restate cloud env configure");
    }

    private static Uri? Refuse(System.CommandLine.Parsing.ArgumentResult parsed)
    {
        parsed.AddError($"'{parsed.Tokens[0].Value}' is not an http or https URL.");
        return null;
    }
}
