using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace RestateCloud.Grains.Embedded.Activations;

internal sealed partial class Activation
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Activated {Grain}")]
    private static partial void LogActivated(ILogger logger, GrainId grain);

    [LoggerMessage(Level = LogLevel.Error, Message = "Activating {Grain} failed; its callers get the exception, the next call tries again")]
    private static partial void LogActivationFailed(ILogger logger, Exception exception, GrainId grain);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Deactivated {Grain}: {Reason}")]
    private static partial void LogDeactivated(ILogger logger, GrainId grain, DeactivationReasonCode reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Deactivating {Grain} failed; it leaves memory all the same")]
    private static partial void LogDeactivationFailed(ILogger logger, Exception exception, GrainId grain);
}
