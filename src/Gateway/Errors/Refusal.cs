namespace RestateCloud.Gateway.Errors;

/// <summary>An answer that the gateway gives in place of the environment.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Reason">One word for metrics; of a small fixed set.</param>
/// <param name="Message">A sentence for the caller: what is wrong and what to do.</param>
/// <param name="RetryAfterSeconds">When it may succeed, or null when repeating it changes nothing.</param>
internal sealed record Refusal(int StatusCode, string Reason, string Message, int? RetryAfterSeconds = null);
