using System.Text;
using RestateCloud.Protocols.Http2.Hpack;

namespace RestateCloud.Protocols.Tests.Http2.Hpack;

/// <summary>Fields as text: one a line, name and value.</summary>
internal static class Fields
{
    private const int Limit = 16 * 1024;

    public static HeaderFields Of(params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var list = new HeaderFields(Limit);
        foreach (var (name, value) in fields) list.Add(Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(value));
        return list;
    }

    public static HeaderFields Of(string lines) => Of([.. lines.Split('\n').Select(line => line.Split(' ', 2)).Select(parts => (parts[0], parts[1]))]);

    public static HeaderFields None() => new(Limit);

    public static string Text(HeaderFields fields) =>
        string.Join('\n', Enumerable.Range(0, fields.Count).Select(i => $"{Encoding.ASCII.GetString(fields.Name(i))} {Encoding.ASCII.GetString(fields.Value(i))}"));
}
