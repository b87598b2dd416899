namespace RestateCloud.Cli;

/// <summary>The command cannot do what it is to do; the message is a sentence for the person at the terminal.</summary>
internal sealed class CommandException(string message) : Exception(message);
