using Azure;
using Azure.Identity;

namespace RestateCloud.Grains.Cluster.Azure.Accounts;

/// <summary>Tells a person in a sentence why an account could not be used.</summary>
internal static class AccountRequest
{
    /// <exception cref="ClusterStorageException">The account refused, or did not answer.</exception>
    public static async Task RunAsync(Func<Task> request)
    {
        try
        {
            await request();
        }
        catch (Exception exception) when (Reason(exception) is { } reason)
        {
            throw new ClusterStorageException($"The cluster's Azure Storage cannot be used: {reason}", exception);
        }
    }

    /// <exception cref="ClusterStorageException">The account refused, or did not answer.</exception>
    public static async Task<T> RunAsync<T>(Func<Task<T>> request)
    {
        var answer = default(T);
        await RunAsync(async () => { answer = await request(); });
        return answer!;
    }

    // What the account answered goes on with lines for its makers; after several attempts the client tells of each.
    private static string? Reason(Exception exception) => exception switch
    {
        RequestFailedException { ErrorCode: { } code } refused => $"{FirstLine(refused.Message)} ({code})",
        RequestFailedException or AuthenticationFailedException => FirstLine(exception.Message),
        AggregateException several => several.InnerExceptions.Select(Reason).FirstOrDefault(reason => reason is not null),
        _ => null,
    };

    private static string FirstLine(string message) => message.Split('\n', 2)[0].Trim();
}
