using System.Globalization;
using System.Text.RegularExpressions;
using RestateCloud.Load.Machine;

namespace RestateCloud.Load.Tunnels;

/// <summary>nghttp of nghttp2, over h2c.</summary>
internal static partial class NgHttp
{
    // As far ahead as curl lets services be.
    private const int WindowBits = 25;

    /// <inheritdoc cref="Curl.MoveAsync"/>
    public static async Task<TimeSpan> MoveAsync(TunnelCall call, string? upload, TimeSpan patience, CancellationToken cancellationToken)
    {
        List<string> arguments = ["--null-out", "--stat", "--no-dep", $"--window-bits={WindowBits}", $"--connection-window-bits={WindowBits}"];
        // It reads headers from nowhere else; what is secret in them ends with the benchmark.
        foreach (var (name, value) in call.Headers) arguments.AddRange(["--header", $"{name}: {value}"]);
        if (upload is not null) arguments.AddRange([$"--data={upload}", "--header", ":method: PUT"]);

        var output = await Pinned.RunAsync(null, patience, "nghttp", [.. arguments, call.Url.ToString()], cancellationToken);
        var answer = Answer().Match(output);
        var isMoved = answer.Success && (upload is not null || answer.Groups["size"].Value == $"{Service.LargeBytes >> 20}M");
        if (!isMoved) throw new InvalidOperationException($"nghttp moved less than it was to:\n{output}");
        return double.Parse(answer.Groups["time"].Value, CultureInfo.InvariantCulture) * (answer.Groups["unit"].Value == "s" ? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(1));
    }

    // id, when it ended and began, how long it took, status, size, path
    [GeneratedRegex(@"^ *\d+ +\S+ +\S+ +(?<time>[\d.]+)(?<unit>m?s) +2\d\d +(?<size>\w+) +/", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Answer();
}
