using System.Reflection;
using System.Text.Json;
using RestateCloud.Grains.Embedded.Storage;

namespace RestateCloud.Grains.Embedded;

/// <summary>Settings of the embedded grain host. Defaults are those of Orleans 10 where it has the setting.</summary>
public sealed class EmbeddedGrainsOptions
{
    /// <summary>The SQLite file of state and reminders; made, with its folder, when missing. Only one process may have it open.</summary>
    public string DatabasePath { get; set; } = "";

    /// <summary>Where grain classes are looked for.</summary>
    public IList<Assembly> GrainAssemblies { get; } = [];

    /// <summary>After how long without a request a grain leaves memory. Default 15 minutes.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a caller waits for a grain before it gets a <see cref="TimeoutException"/>. Default 30 s.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long reading state and OnActivateAsync may take together. Default 30 s.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long OnDeactivateAsync may take. Default 30 s.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long stopping waits for running requests and deactivations. Default 10 s.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The shortest period of a reminder. Default one minute.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many requests may wait for one grain or observer; one more gets a LimitExceededException. Default 10,000.</summary>
    public int MaxQueuedRequests { get; set; } = 10_000;

    /// <summary>How state is written as JSON. The default ignores unknown members and gives missing ones their default value.</summary>
    public JsonSerializerOptions StateSerialization { get; set; } = StateJson.CreateOptions();
}
