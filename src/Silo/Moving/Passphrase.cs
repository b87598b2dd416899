using System.Text;
using Spectre.Console;

namespace RestateCloud.Silo.Moving;

/// <summary>
/// What an export is encrypted with. It comes from a file, from the terminal without being shown, or as a line of standard input; never as an
/// argument, which every user of a machine can read.
/// </summary>
internal static class Passphrase
{
    private const int Shortest = 12;
    private const int Longest = 4096;

    /// <summary>The one of a new file: asked for twice, and not too short.</summary>
    /// <exception cref="StartupException">It cannot be used.</exception>
    public static async Task<byte[]> NewAsync(string? keyFile, CancellationToken cancellationToken)
    {
        var text = await ReadAsync(keyFile, "New passphrase of the export:", cancellationToken);
        if (text.Length < Shortest) throw new StartupException($"A passphrase needs at least {Shortest} characters, and so does what a key file holds.");
        if (IsTyped(keyFile) && await AskAsync("The same again:", cancellationToken) != text) throw new StartupException("The two passphrases differ.");

        return Encoding.UTF8.GetBytes(text);
    }

    /// <summary>The one that a file was written with.</summary>
    /// <exception cref="StartupException">It cannot be used.</exception>
    public static async Task<byte[]> OfAsync(string? keyFile, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetBytes(await ReadAsync(keyFile, "Passphrase of the export:", cancellationToken));

    private static bool IsTyped(string? keyFile) => keyFile is null && !Console.IsInputRedirected;

    private static async Task<string> ReadAsync(string? keyFile, string question, CancellationToken cancellationToken)
    {
        var text = keyFile is not null ? await ReadFileAsync(keyFile, cancellationToken)
            : IsTyped(keyFile) ? await AskAsync(question, cancellationToken)
            : await Console.In.ReadLineAsync(cancellationToken) ?? throw new StartupException("There is no passphrase: give --key-file FILE, or one line on standard input.");
        return text.Length <= Longest ? text : throw new StartupException($"A passphrase or key file has at most {Longest} characters.");
    }

    // Editors end the last line of a file; that is no part of the key.
    private static async Task<string> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await File.ReadAllTextAsync(path, cancellationToken)).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The key file cannot be read: {exception.Message}", exception);
        }
    }

    private static Task<string> AskAsync(string question, CancellationToken cancellationToken) =>
        new TextPrompt<string>(question).Secret(null).ShowAsync(AnsiConsole.Console, cancellationToken);
}
