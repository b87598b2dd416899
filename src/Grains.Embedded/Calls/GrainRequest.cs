using System.Diagnostics;
using RestateCloud.Grains.Embedded.Activations;

namespace RestateCloud.Grains.Embedded.Calls;

/// <summary>One piece of work for an activation or an observer: a method call or a timer tick.</summary>
internal abstract class GrainRequest
{
    /// <summary>Interface and method, for messages, logs and traces.</summary>
    public abstract string Name { get; }

    /// <summary>May run between the awaits of any other request.</summary>
    public virtual bool Interleaves => false;

    /// <summary>May run beside other read-only requests.</summary>
    public virtual bool ReadOnly => false;

    /// <summary>Counts as use of the grain.</summary>
    public virtual bool KeepsAlive => true;

    /// <summary>Belongs to one activation and must not move to the next.</summary>
    public virtual bool IsLocal => false;

    /// <summary>When the caller gives up, as a timestamp of the host's clock.</summary>
    public long Deadline { get; init; } = long.MaxValue;

    /// <summary>The trace that the caller was part of.</summary>
    public ActivityContext Caller { get; init; }

    /// <summary>The activation that has the request; null at an observer.</summary>
    public Activation? Activation { get; set; }

    /// <summary>The caller has its answer already, because it was cancelled or timed out.</summary>
    public abstract bool IsAnswered { get; }

    /// <summary>Starts the work on the target; runs inside its turn.</summary>
    public abstract Task InvokeAsync(object target);

    /// <summary>Answers with the result of the finished task that <see cref="InvokeAsync"/> gave.</summary>
    public abstract void Succeed(Task finished);

    /// <summary>Answers with an exception.</summary>
    public abstract void Fail(Exception exception);

    /// <summary>Answers that the deadline has passed.</summary>
    public abstract void TimeOut();
}
