using RestateCloud.Cli.Api;

namespace RestateCloud.Cli.Environments;

/// <summary>An environment, for people.</summary>
internal static class EnvironmentText
{
    private const int LabelWidth = 16;

    public static string Of(EnvironmentDetails environment) => string.Join('\n', Lines(environment));

    private static IEnumerable<string> Lines(EnvironmentDetails environment)
    {
        yield return Line("name", environment.Name);
        yield return Line("id", environment.EnvironmentId);
        yield return Line("status", environment.Status is "ACTIVE" || environment.Reason is not { Length: > 0 } reason ? environment.Status : $"{environment.Status}: {reason}");
        if (environment.TierId is { } tier) yield return Line("tier", tier);
        yield return Line("region", environment.Region);
        if (environment.Version is { } version)
            yield return Line("restate-server", environment.RunningVersion is { } running && running != version ? $"{version} (running {running})" : version);
        yield return Line("ingress", environment.IngressBaseUrl);
        yield return Line("admin API", environment.AdminBaseUrl);
        yield return Line("tunnel server", environment.TunnelBaseUrl);
        yield return Line("tunnel proxy", environment.ProxyBaseUrl);
        var label = "public keys";
        foreach (var key in environment.PublicKeys)
        {
            yield return Line(label, key.AcceptedUntil is { } until ? $"{key.PublicKey}  {key.State}, accepted until {until:u}" : $"{key.PublicKey}  {key.State}");
            label = "";
        }
    }

    private static string Line(string label, string value) => $"{label.PadRight(LabelWidth)}{value}";
}
