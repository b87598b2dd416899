using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace RestateCloud.Grains.Cluster.Calls;

/// <summary>
/// Sends a call again that was rejected before it reached a grain, as by a silo that is about to stop. A call whose fate is not known, because
/// no answer came (<see cref="TimeoutException"/>) or its silo died (<see cref="SiloUnavailableException"/>), is never sent again.
/// </summary>
/// <remarks>
/// That a rejection is of this very call, and not of one that the called grain made, is seen to by <see cref="InnerRejections"/> in every silo.
/// </remarks>
internal sealed partial class RejectedCalls(TimeProvider time, ILogger<RejectedCalls> logger) : IOutgoingGrainCallFilter
{
    // After 25, 50, 100, 200, 400, 800 and 1600 ms: a silo that rejects is gone soon, and the others know.
    private const int MostRepetitions = 7;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);

    // What Orleans says of requests that no grain has seen; it has no other mark for them. There are rejections of which that is not certain,
    // such as of a request that left together with a grain that moved to another silo.
    private static readonly string[] ReasonsBeforeAnyGrain =
        ["Silo stopping", "Forwarding failed: ", "The target silo is no longer active: ", "Exception while sending message: "];

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var pause = FirstPause;
        for (var repetition = 1; ; repetition++, pause *= 2)
        {
            try
            {
                await context.Invoke();
                return;
            }
            catch (OrleansMessageRejectionException rejection) when (repetition <= MostRepetitions && IsBeforeTheGrain(rejection, context.TargetId))
            {
                LogSendingAgain(logger, context.InterfaceName, context.MethodName, context.TargetId, rejection.Message);
                await Task.Delay(pause, time, context.Request.GetCancellationToken());
            }
        }
    }

    // A SiloUnavailableException is one too, and says nothing of what the silo had done. Orleans' own calls between silos are its own affair.
    private static bool IsBeforeTheGrain(OrleansMessageRejectionException rejection, GrainId target) =>
        rejection.GetType() == typeof(OrleansMessageRejectionException) && !target.IsSystemTarget() && !target.IsClient()
        && ReasonsBeforeAnyGrain.Any(reason => rejection.Message.StartsWith(reason, StringComparison.Ordinal));

    [LoggerMessage(LogLevel.Debug, "{Interface}.{Method} of {Grain} was rejected and is sent again: {Reason}")]
    private static partial void LogSendingAgain(ILogger logger, string @interface, string method, GrainId grain, string reason);
}
