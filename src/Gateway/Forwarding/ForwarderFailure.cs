using Microsoft.AspNetCore.Http;

namespace RestateCloud.Gateway.Forwarding;

/// <summary>Why the forwarder could not forward a request.</summary>
internal static class ForwarderFailure
{
    /// <summary>Whether there is one of this type among the causes.</summary>
    public static bool Is<TException>(HttpContext context)
        where TException : Exception
    {
        for (var exception = context.GetForwarderErrorFeature()?.Exception; exception is not null; exception = exception.InnerException)
        {
            if (exception is TException) return true;
        }

        return false;
    }

    /// <summary>What the first cause says.</summary>
    public static string? ReasonOf(HttpContext context) => context.GetForwarderErrorFeature()?.Exception?.GetBaseException().Message;
}
