namespace RestateCloud.Provisioning.LocalProcesses;

/// <summary>How environments run as processes of this machine; configuration section <c>Local</c>.</summary>
public sealed class LocalProcessOptions
{
    /// <summary>The folder that holds everything of this cloud; environments live in its subfolder <c>environments</c>.</summary>
    public string DataFolder { get; set; } = ".data";

    /// <summary>Where programs fetched from npm are kept; shared by all data folders of this user.</summary>
    public string PackageCache { get; set; } = Packages.PackageCache.DefaultFolder;

    /// <summary>The npm client: a name looked up on PATH, or a path.</summary>
    public string Npm { get; set; } = "npm";

    /// <summary>The restate-server versions on offer, the default first; configuration adds to them.</summary>
    public IList<string> Versions { get; } = ["1.7.12", "1.7.10", "1.7.9", "1.7.8", "1.7.6", "1.7.4", "1.7.2", "1.6.2", "1.6.1"];

    /// <summary>
    /// More environment variables for every server, such as a proxy's or the cloud's AWS credentials; it gets no others of this process.
    /// </summary>
    public IDictionary<string, string> ServerEnvironment { get; } = new Dictionary<string, string>();

    /// <summary>
    /// Servers that may be starting at the same time; a start is half CPU, half waiting, so more of them only makes each later.
    /// </summary>
    public int ConcurrentStarts { get; set; } = 2 * Environment.ProcessorCount;

    /// <summary>A server that is not healthy this long after its start is ended and counts as failed.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A server that was healthy and has not answered for this long is ended and counts as failed.</summary>
    public TimeSpan HangTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a healthy server is asked whether it still is.</summary>
    public TimeSpan HealthInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a server may take to answer one question about its health.</summary>
    public TimeSpan HealthTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A server that has not ended this long after SIGTERM gets SIGKILL.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause after a first failure; it doubles with every further one.</summary>
    public TimeSpan FirstBackoff { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause between two starts.</summary>
    public TimeSpan LongestBackoff { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A server that was healthy for this long has left its failures behind.</summary>
    public TimeSpan StablePeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Failures in a row after which an environment counts as failed; it is still being tried.</summary>
    public int FailedAfter { get; set; } = 6;

    /// <summary>A server's log is rotated once it is this large, in bytes.</summary>
    public long LogSegmentBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Rotated logs kept for an environment beside the one being written.</summary>
    public int LogSegments { get; set; } = 7;
}
