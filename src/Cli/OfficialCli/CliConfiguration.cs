namespace RestateCloud.Cli.OfficialCli;

/// <summary>The configuration file of the official CLI, <c>config.toml</c> in its configuration folder.</summary>
/// <param name="file">The file.</param>
public sealed class CliConfiguration(string file)
{
    private const UnixFileMode PrivateFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Where it is.</summary>
    public string File { get; } = file;

    /// <summary>The one that the official CLI would use: <c>$RESTATE_CLI_CONFIG</c>, or in <c>$RESTATE_CLI_CONFIG_HOME</c>, or in <c>~/.config/restate</c>.</summary>
    public static CliConfiguration Default() => new(
        Environment.GetEnvironmentVariable("RESTATE_CLI_CONFIG") is { Length: > 0 } configured
            ? configured
            : Path.Combine(Home(), "config.toml"));

    /// <summary>The folder of the official CLI: <c>$RESTATE_CLI_CONFIG_HOME</c>, or <c>~/.config/restate</c>.</summary>
    internal static string Home() =>
        Environment.GetEnvironmentVariable("RESTATE_CLI_CONFIG_HOME") is { Length: > 0 } home ? home : DefaultHome();

    /// <summary>Signs the CLI in to a cloud and keeps all else, above all the profiles that <c>restate cloud env configure</c> has written. Mode 0600.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public async Task SignInAsync(Uri api, string accessToken, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(File))!, PrivateFolder);
        var present = System.IO.File.Exists(File) ? await System.IO.File.ReadAllTextAsync(File, cancellationToken) : "";

        var temporary = File + ".new";
        System.IO.File.Delete(temporary);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using (var writer = new StreamWriter(temporary, options)) await writer.WriteAsync(Replace(present, api, accessToken).AsMemory(), cancellationToken);
        System.IO.File.Move(temporary, File, overwrite: true);
    }

    /// <summary>The text with its section [global.cloud] replaced.</summary>
    internal static string Replace(string present, Uri api, string accessToken)
    {
        var others = new List<string>();
        var inCloud = false;
        foreach (var line in present.Split('\n'))
        {
            if (line.StartsWith('[')) inCloud = line.TrimEnd() == "[global.cloud]";
            if (!inCloud) others.Add(line);
        }

        return $"""
            [global.cloud]
            api_base_url = "{api.GetLeftPart(UriPartial.Authority)}"
            access_token = "{accessToken}"

            {string.Join('\n', others).Trim()}
            """.TrimEnd() + "\n";
    }

    private static string DefaultHome() =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config", "restate");
}
