using RestateCloud.Cli;
using RestateCloud.Cli.OfficialCli;
using RestateCloud.Silo.Data;

namespace RestateCloud.Silo.FirstRun;

/// <summary>
/// A configuration folder for the official CLI (<c>RESTATE_CLI_CONFIG_HOME</c>) that is signed in as the first user, and the same token as a
/// header for <c>curl -H @FILE</c>, which keeps it off the command line.
/// </summary>
internal sealed class CliFolder(DataFolder data)
{
    public string HeaderFile => Path.Combine(data.CliFolder, "authorization");

    public async Task WriteAsync(FirstRunFile first, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(data.CliFolder, PrivateFile.FolderMode);
        await PrivateFile.WriteAsync(HeaderFile, $"authorization: Bearer {first.AccessToken}\n", cancellationToken);
        await new CliConfiguration(Path.Combine(data.CliFolder, "config.toml"))
            .SignInAsync(new Uri(first.ApiBaseUrl), first.AccessToken, cancellationToken);
    }
}
