using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using RestateCloud.Grains.Environments;

namespace RestateCloud.Provisioning.Tests.Support;

/// <summary>Calls a restate-server over its unix sockets.</summary>
internal static class RestateCalls
{
    public static HttpClient Client(this UpstreamAddress address)
    {
        var path = address.UnixSocketPath!;
        return new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        { BaseAddress = new Uri("http://localhost") };
    }

    /// <summary>The rows of a query.</summary>
    public static async Task<JsonElement[]> QueryAsync(this UpstreamAddress admin, string query)
    {
        using var client = admin.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/query") { Content = JsonContent.Create(new { query }) };
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return [.. answer.GetProperty("rows").EnumerateArray()];
    }
}
