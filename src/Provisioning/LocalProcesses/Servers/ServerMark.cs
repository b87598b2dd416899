using System.Globalization;

namespace RestateCloud.Provisioning.LocalProcesses.Servers;

/// <summary>
/// What a server carries in its own environment so that it can be recognized without any record of it. Together with its working folder,
/// which the kernel keeps track of, it says which server of which data folder a process is. The names do not begin with RESTATE_, which
/// would make them configuration.
/// </summary>
/// <param name="EnvironmentId">Whose server it is.</param>
/// <param name="Version">The version of restate-server.</param>
/// <param name="Revision">Of its version, identity key and settings, see <see cref="ServerSettings.Revision"/>.</param>
/// <param name="Generation">Of the spec it was started for.</param>
internal sealed record ServerMark(string EnvironmentId, string Version, string Revision, long Generation)
{
    private const string Prefix = "RCLOUD_";
    private const string IdName = Prefix + "ENVIRONMENT", VersionName = Prefix + "VERSION";
    private const string RevisionName = Prefix + "REVISION", GenerationName = Prefix + "GENERATION";

    public IEnumerable<KeyValuePair<string, string>> Variables =>
    [
        new(IdName, EnvironmentId),
        new(VersionName, Version),
        new(RevisionName, Revision),
        new(GenerationName, Generation.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>Reads it from <c>/proc/PID/environ</c>, or null when the process carries none.</summary>
    /// <param name="environment">Variables, each ended by NUL.</param>
    public static ServerMark? Parse(string environment)
    {
        var found = environment.Split('\0')
            .Where(variable => variable.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(variable => variable.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0])
            .ToDictionary(group => group.Key, group => group.First()[1]);

        return found.TryGetValue(IdName, out var id)
            && found.TryGetValue(VersionName, out var version)
            && found.TryGetValue(RevisionName, out var revision)
            && long.TryParse(found.GetValueOrDefault(GenerationName), CultureInfo.InvariantCulture, out var generation)
            ? new ServerMark(id, version, revision, generation)
            : null;
    }
}
