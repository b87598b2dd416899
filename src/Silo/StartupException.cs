namespace RestateCloud.Silo;

/// <summary>The cloud cannot start; the message is one sentence that says why and what to do, and the exit code is 1.</summary>
internal sealed class StartupException(string message, Exception? innerException = null) : Exception(message, innerException);
