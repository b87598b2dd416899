namespace RestateCloud.Load.Reports;

/// <summary>A Markdown table on standard output; numbers are aligned to the right.</summary>
internal static class Table
{
    public static void Write(string title, string[] columns, IEnumerable<string[]> rows)
    {
        Console.WriteLine($"\n{title}\n");
        WriteRow(columns);
        WriteRow([.. columns.Select((_, index) => index == 0 ? "---" : "---:")]);
        foreach (var row in rows) WriteRow(row);
    }

    private static void WriteRow(string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
