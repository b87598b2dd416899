using System.Net.Http.Headers;

namespace RestateCloud.EndToEnd.Tests;

/// <summary>Clients for loopback.</summary>
public static class Http
{
    /// <summary>A client that sends a credential, or none, and waits as long as a test does.</summary>
    public static HttpClient Client(Uri baseUrl, string? credential)
    {
        var client = Client(credential);
        client.BaseAddress = baseUrl;
        return client;
    }

    /// <summary>The same for requests with absolute URLs.</summary>
    public static HttpClient Client(string? credential) => new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromMinutes(5),
        DefaultRequestHeaders = { Authorization = credential is null ? null : new AuthenticationHeaderValue("Bearer", credential) },
    };
}
