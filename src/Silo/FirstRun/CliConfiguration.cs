using RestateCloud.Silo.Data;

namespace RestateCloud.Silo.FirstRun;

/// <summary>
/// A configuration folder for the official CLI (<c>RESTATE_CLI_CONFIG_HOME</c>) that is signed in as the first user, and the same token as a
/// header for <c>curl -H @FILE</c>, which keeps it off the command line.
/// </summary>
internal sealed class CliConfiguration(DataFolder data)
{
    private string ConfigFile => Path.Combine(data.CliFolder, "config.toml");

    public string HeaderFile => Path.Combine(data.CliFolder, "authorization");

    public async Task WriteAsync(FirstRunFile first, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(data.CliFolder, PrivateFile.FolderMode);
        await PrivateFile.WriteAsync(HeaderFile, $"authorization: Bearer {first.AccessToken}\n", cancellationToken);

        var present = File.Exists(ConfigFile) ? await File.ReadAllTextAsync(ConfigFile, cancellationToken) : "";
        await PrivateFile.WriteAsync(ConfigFile, SignIn(present, first), cancellationToken);
    }

    /// <summary>Replaces the section [global.cloud] and keeps the profiles that <c>restate cloud env configure</c> has written.</summary>
    private static string SignIn(string present, FirstRunFile first)
    {
        var profiles = new List<string>();
        var inCloud = false;
        foreach (var line in present.Split('\n'))
        {
            if (line.StartsWith('[')) inCloud = line.TrimEnd() == "[global.cloud]";
            if (!inCloud) profiles.Add(line);
        }

        return $"""
            [global.cloud]
            api_base_url = "{first.ApiBaseUrl}"
            access_token = "{first.AccessToken}"

            {string.Join('\n', profiles).Trim()}
            """.TrimEnd() + "\n";
    }
}
