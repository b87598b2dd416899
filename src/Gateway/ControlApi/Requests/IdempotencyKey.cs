using Microsoft.AspNetCore.Http;
using RestateCloud.Grains.Errors;

namespace RestateCloud.Gateway.ControlApi.Requests;

/// <summary>The optional header that makes a creation safe to repeat.</summary>
internal static class IdempotencyKey
{
    /// <summary>The header's name.</summary>
    public const string Header = "idempotency-key";

    /// <summary>The most characters it may have.</summary>
    public const int MaximumLength = 256;

    /// <summary>The key, or null when the caller sent none.</summary>
    /// <exception cref="CloudException">Empty, repeated, too long, or not visible ASCII.</exception>
    public static string? Read(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Header, out var values)) return null;
        return values is [{ Length: > 0 and <= MaximumLength } key] && !key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? key
            : throw new CloudException(
                CloudError.Invalid, $"The header '{Header}' must be sent once and hold 1 to {MaximumLength} visible ASCII characters.");
    }
}
