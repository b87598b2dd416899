using Microsoft.AspNetCore.Connections;

namespace RestateCloud.Gateway.Listening;

/// <summary>
/// Connections that have not said yet what they speak. A client says it with its first bytes, so one that keeps silent is cut off after
/// a while, and when there are too many the oldest is: whoever opens connections to hold them harms only himself.
/// </summary>
internal sealed class UndecidedConnections(int capacity)
{
    private readonly LinkedList<ConnectionContext> _byAge = new();
    private readonly Lock _lock = new();

    public LinkedListNode<ConnectionContext> Add(ConnectionContext connection)
    {
        ConnectionContext? oldest = null;
        LinkedListNode<ConnectionContext> node;
        lock (_lock)
        {
            if (_byAge.Count == capacity)
            {
                oldest = _byAge.First!.Value;
                _byAge.RemoveFirst();
            }

            node = _byAge.AddLast(connection);
        }

        oldest?.Abort(new ConnectionAbortedException("Too many connections are waiting for their first bytes."));
        return node;
    }

    public void Remove(LinkedListNode<ConnectionContext> node)
    {
        lock (_lock)
        {
            if (node.List is not null) _byAge.Remove(node);
        }
    }
}
