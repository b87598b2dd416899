namespace Orleans.Runtime;

/// <summary>An observer is gone: its reference was deleted or its object collected.</summary>
public sealed class ClientNotAvailableException : OrleansException
{
    /// <summary>Without details.</summary>
    public ClientNotAvailableException() : base("The observer is not available.")
    {
    }

    /// <summary>With a message.</summary>
    public ClientNotAvailableException(string message) : base(message)
    {
    }

    /// <summary>With a message and its cause.</summary>
    public ClientNotAvailableException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
