using System.CommandLine;
using RestateCloud.Provisioning.LocalProcesses;
using RestateCloud.Silo.Data;
using RestateCloud.Silo.Moving.Age;

namespace RestateCloud.Silo.Moving;

/// <summary><c>export</c> and <c>import</c>: from one data folder or cluster to another one, whichever build either is.</summary>
internal static class MovingCommands
{
    public static Command Export(Option<string> data, Func<Func<Task>, CancellationToken, Task<int>> run)
    {
        var (file, keyFile, settings) = (FileArgument("The file to write; it must not exist."), KeyFile(), Settings());
        var command = new Command("export", "Write all that a cloud has stored into one encrypted file, while no cloud uses it.") { file, keyFile, settings };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellation) => run(
            () => ExportAsync(parsed.GetValue(data)!, parsed.GetValue(file)!, parsed.GetValue(keyFile), SettingsOf(parsed, settings), cancellation), cancellation));
        return command;
    }

    public static Command Import(Option<string> data, Func<Func<Task>, CancellationToken, Task<int>> run)
    {
        var (file, keyFile, settings) = (FileArgument("A file that export has written."), KeyFile(), Settings());
        var environments = new Option<string>("--environments-from")
        {
            Description = "The old data folder on this machine: the environments' own data moves from there too.",
            HelpName = "DIR",
        };
        var command = new Command("import", "Fill a new cloud, which has stored nothing yet, from an export.") { file, keyFile, environments, settings };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellation) => run(
            () => ImportAsync(
                parsed.GetValue(data)!, parsed.GetValue(file)!, parsed.GetValue(keyFile), parsed.GetValue(environments), SettingsOf(parsed, settings), cancellation),
            cancellation));
        return command;
    }

    private static async Task ExportAsync(string dataFolder, string path, string? keyFile, string[] settings, CancellationToken cancellationToken)
    {
        if (File.Exists(path)) throw new StartupException($"{path} exists already; name a new file.");
        using var data = DataFolder.OpenExisting(dataFolder);
        using var cloud = StoppedCloud.Open(data, settings);
        var passphrase = await Passphrase.NewAsync(keyFile, cancellationToken);
        var count = await Moving.Export.RunAsync(cloud, path, passphrase, AgeFile.WorkFactor, cancellationToken);
        await Console.Out.WriteLineAsync(
            $"Wrote {count} records to {path}. The environments' own data is not in it: it is in {Path.Combine(cloud.EnvironmentsFolder, LocalEnvironments.FolderName)}.");
    }

    private static async Task ImportAsync(
        string dataFolder, string path, string? keyFile, string? environmentsFrom, string[] settings, CancellationToken cancellationToken)
    {
        using var old = environmentsFrom is null ? null : DataFolder.OpenExisting(environmentsFrom);
        using var data = DataFolder.Open(dataFolder);
        using var cloud = StoppedCloud.Open(data, settings);
        var imported = await Moving.Import.RunAsync(
            cloud,
            path,
            await Passphrase.OfAsync(keyFile, cancellationToken),
            () =>
            {
                if (old is not null) LocalEnvironments.Move(old.Path, cloud.EnvironmentsFolder);
            },
            cancellationToken);
        await Console.Out.WriteLineAsync($"Imported {imported.Count} records.");
        if (imported.Environments > 0 && old is null)
        {
            var (here, there) = (Path.Combine(cloud.EnvironmentsFolder, LocalEnvironments.FolderName), Path.Combine(imported.Header.DataFolder, LocalEnvironments.FolderName));
            await Console.Out.WriteLineAsync(
                $"{imported.Environments} environments come without their own data. Before the first start, move it from {there} on {imported.Header.Machine} to {here}.");
        }
    }

    private static Argument<string> FileArgument(string description) => new("file") { Description = description, HelpName = "FILE" };

    private static Option<string> KeyFile() => new("--key-file")
    {
        Description = "A file whose content is the passphrase. Without it the passphrase is asked for, or read from standard input.",
        HelpName = "FILE",
    };

    private static Argument<string[]> Settings() => new("settings") { Description = "The settings that the cloud is started with, such as --Keys=DIR." };

    private static string[] SettingsOf(ParseResult parsed, Argument<string[]> settings)
    {
        string[] all = [.. parsed.GetValue(settings)!, .. parsed.UnmatchedTokens];
        return all.FirstOrDefault(setting => !setting.StartsWith("--", StringComparison.Ordinal) || !setting.Contains('=')) is { } unknown
            ? throw new StartupException($"'{unknown}' is neither an option nor a setting; settings are given as --Section:Key=value.")
            : all;
    }
}
