namespace RestateCloud.Provisioning.Packages;

/// <summary>Prints progress as plain lines on standard output.</summary>
public sealed class ConsoleFetchProgress : IFetchProgress
{
    /// <inheritdoc/>
    public void Report(string message) => Console.Out.WriteLine(message);
}
