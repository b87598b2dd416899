namespace RestateCloud.Protocols.Connections;

/// <summary>
/// Connections that have not said yet what they are for. A client says it with its first bytes, so one that keeps silent is cut off after
/// a while, and when there are too many the oldest is: whoever opens connections to hold them harms only himself.
/// </summary>
/// <param name="capacity">How many there may be.</param>
public sealed class UndecidedConnections(int capacity)
{
    private readonly LinkedList<Action> _byAge = new();
    private readonly Lock _lock = new();

    /// <param name="cutOff">Ends the connection.</param>
    /// <returns>Its place, to be removed once it has said what it is for, or is over.</returns>
    public LinkedListNode<Action> Add(Action cutOff)
    {
        Action? cutOffOldest = null;
        LinkedListNode<Action> place;
        lock (_lock)
        {
            if (_byAge.Count == capacity)
            {
                cutOffOldest = _byAge.First!.Value;
                _byAge.RemoveFirst();
            }

            place = _byAge.AddLast(cutOff);
        }

        cutOffOldest?.Invoke();
        return place;
    }

    /// <summary>Does nothing for a connection that was cut off.</summary>
    public void Remove(LinkedListNode<Action> place)
    {
        lock (_lock)
        {
            if (place.List is not null) _byAge.Remove(place);
        }
    }
}
