using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using RestateCloud.Grains.Embedded.Activations;
using RestateCloud.Grains.Embedded.Calls;
using RestateCloud.Grains.Embedded.Reminders;
using RestateCloud.Grains.Embedded.Storage;

namespace RestateCloud.Grains.Embedded.Hosting;

/// <summary>What all activations of the process share.</summary>
internal sealed partial class GrainRuntime : IDisposable
{
    private volatile Phase _phase;

    public GrainRuntime(
        IOptions<EmbeddedGrainsOptions> options, IServiceProvider services, TimeProvider timeProvider, ILoggerFactory loggers)
    {
        Options = options.Value;
        Services = services;
        TimeProvider = timeProvider;
        Logger = loggers.CreateLogger("RestateCloud.Grains.Embedded");
        Classes = new GrainClasses(Options.GrainAssemblies);
        Database = new GrainDatabase(Options.DatabasePath);
        Activations = new ActivationDirectory(this);
        Reminders = new ReminderService(this);
        Observers = new ObserverDirectory(this);
        GrainFactory = new GrainFactory(this);
    }

    public enum Phase
    {
        NotStarted,
        Running,
        Stopping,
        Stopped,
    }

    public EmbeddedGrainsOptions Options { get; }

    public IServiceProvider Services { get; }

    public TimeProvider TimeProvider { get; }

    public ILogger Logger { get; }

    public GrainClasses Classes { get; }

    public GrainDatabase Database { get; }

    public ActivationDirectory Activations { get; }

    public ReminderService Reminders { get; }

    public ObserverDirectory Observers { get; }

    public GrainFactory GrainFactory { get; }

    /// <summary>Lets go of the database also when the application ends without stopping its hosted services.</summary>
    public void Dispose() => Database.Close();

    public void Enter(Phase phase) => _phase = phase;

    /// <summary>
    /// Why a call cannot be taken now; null when it can. While the host stops, grains may still call each other to finish their work.
    /// </summary>
    public Exception? Refusal(bool fromGrain) => _phase switch
    {
        Phase.Running => null,
        Phase.Stopping when fromGrain => null,
        Phase.NotStarted => new InvalidOperationException("The grain host has not started: start the application's hosted services first."),
        _ => new SiloUnavailableException("The grain host is stopping and takes no more requests."),
    };

    /// <summary>A timestamp this far in the future.</summary>
    public long DeadlineAfter(TimeSpan wait) =>
        TimeProvider.GetTimestamp() + (long)(wait.TotalSeconds * TimeProvider.TimestampFrequency);

    /// <summary>A reference through one of the interfaces that the grain's class implements.</summary>
    /// <exception cref="ArgumentException">It does not implement that one.</exception>
    public object CreateReference(Type interfaceType, GrainId grainId)
    {
        if (!Classes.Get(grainId.TypeText).Interfaces.Contains(interfaceType))
            throw new ArgumentException($"{grainId} is not {interfaceType}.");
        return GrainReference.Create(this, interfaceType, grainId);
    }

    public void LogOneWayFailed(string method, string target, Exception exception) => LogOneWayFailed(Logger, exception, method, target);

    [LoggerMessage(Level = LogLevel.Warning, Message = "One-way call {Method} of {Target} failed")]
    private static partial void LogOneWayFailed(ILogger logger, Exception exception, string method, string target);
}
