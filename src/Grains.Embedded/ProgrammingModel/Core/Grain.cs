using RestateCloud.Grains.Embedded.Activations;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Base class of grains. Only the host creates instances: one for each grain id at a time.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    /// <summary>Takes the activation under construction from the running turn.</summary>
    /// <exception cref="InvalidOperationException">The instance was made with <c>new</c> outside the host.</exception>
    protected Grain() => GrainContext = Activation.Current
        ?? throw new InvalidOperationException($"{GetType()} is a grain: only the grain host creates it. Use IGrainFactory.GetGrain.");

    /// <inheritdoc/>
    public IGrainContext GrainContext { get; }

    /// <summary>The grain's type and key, "type/key".</summary>
    public string IdentityString => GrainContext.GrainId.ToString();

    /// <summary>Gives references to other grains.</summary>
    protected IGrainFactory GrainFactory => ((Activation)GrainContext).GrainFactory;

    /// <summary>The services of this activation; scoped ones live as long as it does.</summary>
    protected IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    /// <summary>
    /// Runs before the first request and after every <see cref="IPersistentState{TState}"/> is read. When it throws, all waiting callers
    /// get the exception and the next call tries again.
    /// </summary>
    /// <param name="cancellationToken">Fires when the activation timeout passes or the host stops.</param>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last request. Not called when the process dies: durable work belongs in state and reminders.</summary>
    /// <param name="reason">Why; for information only.</param>
    /// <param name="cancellationToken">Fires when the deactivation timeout passes.</param>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Deactivates this activation once the running requests are done. Requests that wait go to the next activation.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>
    /// Keeps an idle activation in memory for at least this long. Zero takes an earlier wish back; infinite means until told otherwise.
    /// </summary>
    /// <param name="timeSpan">Zero or more, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    protected void DelayDeactivation(TimeSpan timeSpan) => ((Activation)GrainContext).DelayDeactivation(timeSpan);
}
