namespace Orleans.Runtime;

/// <summary>The host is stopping or has stopped: the request was not carried out.</summary>
public sealed class SiloUnavailableException : OrleansException
{
    /// <summary>Without details.</summary>
    public SiloUnavailableException() : base("The grain host is not available.")
    {
    }

    /// <summary>With a message.</summary>
    public SiloUnavailableException(string message) : base(message)
    {
    }

    /// <summary>With a message and its cause.</summary>
    public SiloUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
