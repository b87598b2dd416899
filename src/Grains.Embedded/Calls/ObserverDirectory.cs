using System.Collections.Concurrent;
using Orleans;
using RestateCloud.Grains.Embedded.Hosting;

namespace RestateCloud.Grains.Embedded.Calls;

/// <summary>The observers of the process that grains can call.</summary>
internal sealed class ObserverDirectory(GrainRuntime runtime)
{
    private readonly ConcurrentDictionary<ObserverMailbox, byte> _mailboxes = new();

    public object Create(Type interfaceType, IGrainObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        if (observer is Reference) throw new ArgumentException("This is a reference to an observer already.", nameof(observer));
        if (!interfaceType.IsInstanceOfType(observer))
            throw new ArgumentException($"{observer.GetType()} is not {interfaceType}.", nameof(observer));
        var mailbox = new ObserverMailbox(observer, runtime.Options.MaxQueuedRequests);
        _mailboxes[mailbox] = 0;
        return ObserverReference.Create(runtime, interfaceType, mailbox);
    }

    public void Delete(IGrainObserver reference)
    {
        if (reference is not ObserverReference { Mailbox: var mailbox })
            throw new ArgumentException("This is not a reference that CreateObjectReference gave.", nameof(reference));
        mailbox.Close();
        _mailboxes.TryRemove(mailbox, out _);
    }

    /// <summary>Answers callers whose deadline has passed and forgets observers that were collected.</summary>
    public void Sweep(long now)
    {
        foreach (var (mailbox, _) in _mailboxes)
        {
            mailbox.Expire(now);
            if (mailbox.IsGone) _mailboxes.TryRemove(mailbox, out _);
        }
    }
}
