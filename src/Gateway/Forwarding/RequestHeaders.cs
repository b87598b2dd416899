using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using RestateCloud.Gateway.Identity;

namespace RestateCloud.Gateway.Forwarding;

/// <summary>
/// Keeps from the environment what it must not see: restate-server stores the headers of a call in its journal, where SQL can read them.
/// Also what only a proxy may say of a client.
/// </summary>
internal static class RequestHeaders
{
    /// <summary>Takes the credentials out of what came in.</summary>
    /// <returns>The credential, to be looked for elsewhere.</returns>
    public static ReadOnlyMemory<char> TakeCredential(IHeaderDictionary headers)
    {
        BearerCredential.TryRead(headers, out var credential);
        headers.Authorization = StringValues.Empty;
        headers.ProxyAuthorization = StringValues.Empty;
        if (headers.Cookie.Count > 0) headers.Cookie = ProductCookies.Without(headers.Cookie);
        return credential.Text;
    }

    /// <summary>Takes out of what goes on whatever else holds the credential, and what the client says in a proxy's name.</summary>
    public static void RemoveUnwanted(HttpHeaders headers, ReadOnlySpan<char> credential)
    {
        List<string>? unwanted = null;
        foreach (var header in headers.NonValidated)
        {
            if (IsSaidByProxies(header.Key) || Holds(header.Value, credential)) (unwanted ??= []).Add(header.Key);
        }

        unwanted?.ForEach(name => headers.Remove(name));
    }

    private static bool IsSaidByProxies(ReadOnlySpan<char> name) =>
        name.StartsWith("x-forwarded-", StringComparison.OrdinalIgnoreCase)
        || name.Equals("x-real-ip", StringComparison.OrdinalIgnoreCase)
        || name.Equals("forwarded", StringComparison.OrdinalIgnoreCase);

    private static bool Holds(HeaderStringValues values, ReadOnlySpan<char> credential)
    {
        if (credential.IsEmpty) return false;
        if (values.Count == 1) return Holds(values.ToString(), credential);
        foreach (var value in values)
        {
            if (Holds(value, credential)) return true;
        }

        return false;
    }

    private static bool Holds(string value, ReadOnlySpan<char> credential) =>
        value.Length >= credential.Length && value.AsSpan().Contains(credential, StringComparison.Ordinal);
}
