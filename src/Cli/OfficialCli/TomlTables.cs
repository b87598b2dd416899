namespace RestateCloud.Cli.OfficialCli;

/// <summary>
/// The strings in the tables of a TOML file, as the official CLI and <c>restate-cloud login</c> write them: headers, bare keys, strings on one
/// line. Whatever else is in the file is passed over. (No TOML library is to be had from the feed that this is built with.)
/// </summary>
internal sealed class TomlTables
{
    private readonly Dictionary<(string Table, string Key), string> _strings = [];

    /// <summary>Reads a file's text.</summary>
    public static TomlTables Parse(string text)
    {
        var tables = new TomlTables();
        var table = "";
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line is ['[', not '[', ..] && line.IndexOf(']') is var end and > 0) table = line[1..end].Replace("\"", "", StringComparison.Ordinal).Trim();
            else if (line.Split('=', 2, StringSplitOptions.TrimEntries) is [var key, var value] && StringOf(value) is { } found) tables._strings[(table, key)] = found;
        }

        return tables;
    }

    /// <summary>A string, or null.</summary>
    /// <param name="table">The table's name with its dots, such as <c>global.cloud</c>.</param>
    /// <param name="key">The key.</param>
    public string? Find(string table, string key) => _strings.GetValueOrDefault((table, key));

    private static string? StringOf(string value)
    {
        if (value is not ['"' or '\'', ..]) return null;
        var end = value.IndexOf(value[0], 1);
        return end < 0 ? null : value[1..end];
    }
}
