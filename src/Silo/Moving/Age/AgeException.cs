namespace RestateCloud.Silo.Moving.Age;

/// <summary>A file cannot be opened; the message is a sentence that says why.</summary>
internal sealed class AgeException(string message) : Exception(message);
