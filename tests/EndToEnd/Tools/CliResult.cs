namespace RestateCloud.EndToEnd.Tests.Tools;

/// <summary>How a command ended.</summary>
/// <param name="Command">What was run, for messages.</param>
/// <param name="ExitCode">0 is success.</param>
/// <param name="Output">Standard output and standard error.</param>
public sealed record CliResult(string Command, int ExitCode, string Output)
{
    /// <summary>The output of a command that must have succeeded.</summary>
    public string Succeeded() => ExitCode == 0 ? Output : throw new Xunit.Sdk.XunitException($"{Command} ended with {ExitCode}:\n{Output}");

    /// <summary>The output of a command that must have failed.</summary>
    public string Failed() => ExitCode != 0 ? Output : throw new Xunit.Sdk.XunitException($"{Command} succeeded:\n{Output}");
}
