using Microsoft.Extensions.Primitives;

namespace RestateCloud.Gateway.Identity;

/// <summary>The cookies of this product: of browsers that are signed in. They never reach an environment.</summary>
public static class ProductCookies
{
    /// <summary>Every cookie of the product has a name that starts with this, after <c>__Host-</c> or <c>__Secure-</c> where it has that.</summary>
    public const string Prefix = "restate-cloud";

    internal static StringValues Without(StringValues headers)
    {
        // HTTP/2 may split the header into several (RFC 9113, section 8.2.3).
        var kept = headers.SelectMany(header => header?.Split(';') ?? []).Select(cookie => cookie.Trim()).Where(cookie => !IsOurs(cookie));
        return string.Join("; ", kept) is { Length: > 0 } rest ? rest : StringValues.Empty;
    }

    private static bool IsOurs(ReadOnlySpan<char> cookie)
    {
        if (cookie.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase)) cookie = cookie["__Host-".Length..];
        else if (cookie.StartsWith("__Secure-", StringComparison.OrdinalIgnoreCase)) cookie = cookie["__Secure-".Length..];
        return cookie.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
    }
}
