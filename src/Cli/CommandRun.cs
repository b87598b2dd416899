namespace RestateCloud.Cli;

/// <summary>How commands end.</summary>
internal static class CommandRun
{
    /// <summary>Runs one; what goes wrong becomes a sentence on standard error.</summary>
    /// <returns>The exit code: 0 when all went well or it was asked to stop, 1 otherwise.</returns>
    public static async Task<int> ToExitCodeAsync(Func<Task> command, CancellationToken cancellationToken)
    {
        try
        {
            await command();
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception exception) when (exception is CommandException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }
}
