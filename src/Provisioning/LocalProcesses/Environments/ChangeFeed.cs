using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace RestateCloud.Provisioning.LocalProcesses.Environments;

/// <summary>
/// Tells all who watch which environments changed. Who watches too slowly loses the oldest news; reminders make up for that.
/// </summary>
internal sealed class ChangeFeed
{
    private const int Capacity = 4096;
    private readonly Lock _lock = new();
    private readonly List<Channel<string>> _watchers = [];

    public void Publish(string environmentId)
    {
        lock (_lock)
        {
            foreach (var watcher in _watchers) watcher.Writer.TryWrite(environmentId);
        }
    }

    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watcher = Channel.CreateBounded<string>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock) _watchers.Add(watcher);
        try
        {
            await foreach (var environmentId in watcher.Reader.ReadAllAsync(cancellationToken)) yield return environmentId;
        }
        finally
        {
            lock (_lock) _watchers.Remove(watcher);
        }
    }
}
