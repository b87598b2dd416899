namespace Orleans.Runtime;

/// <summary>A grain has too many requests waiting: the request was not carried out.</summary>
public sealed class LimitExceededException : OrleansException
{
    /// <summary>Without details.</summary>
    public LimitExceededException() : base("Limit exceeded.")
    {
    }

    /// <summary>With a message.</summary>
    public LimitExceededException(string message) : base(message)
    {
    }

    /// <summary>With a message and its cause.</summary>
    public LimitExceededException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
