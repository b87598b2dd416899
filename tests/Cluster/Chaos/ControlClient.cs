using System.Net;
using RestateCloud.EndToEnd.Tests.ControlPlane;

namespace RestateCloud.Cluster.Tests.Chaos;

/// <summary>Asks the control API for a change until it is acknowledged, through one gateway and then the other, as a careful client does.</summary>
public sealed class ControlClient(World world) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly ControlApi[] _apis = [.. world.Doors.Select(world.Api)];
    private int _next;
    private long _acknowledged;
    private long _retries;

    /// <summary>Changes that were acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Attempts that were not answered, or with an error, and repeated.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>A change that carries an idempotency key, or that may be asked for again because it names what it wants.</summary>
    public async Task<T> ChangeAsync<T>(Func<ControlApi, Task<T>> change)
    {
        var answer = await AskAsync(change);
        Interlocked.Increment(ref _acknowledged);
        return answer;
    }

    /// <summary>A change that takes something away: when it is asked for again and nothing is there, the first time did it.</summary>
    public Task RemoveAsync(Func<ControlApi, Task> removal)
    {
        var again = false;
        return ChangeAsync(async api =>
        {
            try
            {
                await removal(api);
            }
            catch (ControlApiException e) when (again && e.Status == HttpStatusCode.NotFound)
            {
                // Done.
            }
            finally
            {
                again = true;
            }

            return true;
        });
    }

    /// <summary>A question, likewise until it is answered.</summary>
    public async Task<T> AskAsync<T>(Func<ControlApi, Task<T>> question)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var number = Interlocked.Increment(ref _next) % _apis.Length;
            if (!world.Doors[number].IsOpen) number = (number + 1) % _apis.Length;
            try
            {
                return await question(_apis[number]).WaitAsync(Patience, limit.Token);
            }
            catch (Exception e) when (!limit.IsCancellationRequested && IsWorthRepeating(e))
            {
                Interlocked.Increment(ref _retries);
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    public void Dispose()
    {
        foreach (var api in _apis) api.Dispose();
    }

    private static bool IsWorthRepeating(Exception exception) => exception switch
    {
        ControlApiException refusal => refusal.Status is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests,
        _ => exception is HttpRequestException or IOException or TimeoutException or TaskCanceledException,
    };
}
