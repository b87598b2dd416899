namespace RestateCloud.TestSupport;

/// <summary>Files of a member that knows others by certificates.</summary>
public sealed record PemFiles(string Certificate, string Key, string Authority)
{
    /// <summary>The settings that name them.</summary>
    public Dictionary<string, string?> Settings(string section) => new()
    {
        [$"{section}:CertificateFile"] = Certificate,
        [$"{section}:KeyFile"] = Key,
        [$"{section}:AuthorityFile"] = Authority,
    };

    /// <summary>The same for a command line.</summary>
    public string[] Arguments(string section) => [.. Settings(section).Select(setting => $"--{setting.Key}={setting.Value}")];
}
