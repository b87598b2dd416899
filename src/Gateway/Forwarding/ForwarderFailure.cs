using Microsoft.AspNetCore.Http;

namespace RestateCloud.Gateway.Forwarding;

/// <summary>Why the forwarder could not forward a request.</summary>
internal static class ForwarderFailure
{
    /// <summary>Whether there is one of this type among the causes.</summary>
    public static bool Is<TException>(HttpContext context)
        where TException : Exception =>
        Is<TException>(context.GetForwarderErrorFeature()?.Exception);

    /// <summary>What the first cause says.</summary>
    public static string? ReasonOf(HttpContext context) => context.GetForwarderErrorFeature()?.Exception?.GetBaseException().Message;

    // When the request and its body both fail the forwarder reports both.
    private static bool Is<TException>(Exception? exception)
        where TException : Exception =>
        exception switch
        {
            null => false,
            TException => true,
            AggregateException several => several.InnerExceptions.Any(Is<TException>),
            _ => Is<TException>(exception.InnerException),
        };
}
