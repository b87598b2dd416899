namespace RestateCloud.Provisioning.LocalProcesses.Environments;

internal sealed partial class LocalEnvironment
{
    [LoggerMessage(LogLevel.Information, "{Environment}: restate-server {Version} started, process {ProcessId}")]
    private static partial void LogStarted(ILogger logger, string environment, string version, int processId);

    [LoggerMessage(LogLevel.Information, "{Environment}: restate-server {Version} is running already, process {ProcessId}")]
    private static partial void LogAdopted(ILogger logger, string environment, string version, int processId);

    [LoggerMessage(LogLevel.Information, "{Environment}: stopping restate-server {Version}, process {ProcessId}")]
    private static partial void LogStopping(ILogger logger, string environment, string version, int processId);

    [LoggerMessage(LogLevel.Warning, "{Environment}: {Reason} (process {ProcessId}, failure {Failures} in a row)")]
    private static partial void LogFailed(ILogger logger, string environment, int processId, string reason, int failures);

    [LoggerMessage(LogLevel.Warning, "{Environment}: ending process {ProcessId}, a server too many")]
    private static partial void LogSurplus(ILogger logger, string environment, int processId);

    [LoggerMessage(LogLevel.Debug, "{Environment}: looked after from here")]
    private static partial void LogHeld(ILogger logger, string environment);

    [LoggerMessage(LogLevel.Debug, "{Environment}: not looked after from here any more")]
    private static partial void LogLetGo(ILogger logger, string environment);

    [LoggerMessage(LogLevel.Debug, "{Environment}: another process looks after it")]
    private static partial void LogHeldElsewhere(ILogger logger, string environment);
}
