using System.Net.Http.Json;
using System.Net.Sockets;

namespace RestateCloud.Provisioning.LocalProcesses.Servers;

/// <summary>Asks one server over its sockets how it is.</summary>
internal sealed class ServerHealth : IDisposable
{
    private readonly HttpClient _admin;
    private readonly HttpClient _ingress;

    public ServerHealth(string adminSocket, string ingressSocket, TimeSpan timeout)
    {
        _admin = Client(adminSocket, timeout);
        _ingress = Client(ingressSocket, timeout);
    }

    /// <summary>Whether admin and ingress both answer in time.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        var admin = IsOkAsync(_admin.GetAsync("/health", cancellationToken));
        var ingress = IsOkAsync(_ingress.GetAsync("/restate/health", cancellationToken));
        return await admin && await ingress;
    }

    /// <summary>
    /// Whether its partitions have leaders: for about 100 ms after a start both ports answer and queries fail, which a tenant should not
    /// see.
    /// </summary>
    public Task<bool> LeadsAsync(CancellationToken cancellationToken) =>
        IsOkAsync(_admin.PostAsJsonAsync("/query", new { query = "SELECT 1 FROM state LIMIT 1" }, cancellationToken));

    public void Dispose()
    {
        _admin.Dispose();
        _ingress.Dispose();
    }

    private static async Task<bool> IsOkAsync(Task<HttpResponseMessage> call)
    {
        try
        {
            using var response = await call;
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException { InnerException: TimeoutException })
        {
            return false;
        }
    }

    private static HttpClient Client(string socketPath, TimeSpan timeout) => new(new SocketsHttpHandler
    {
        // Each question makes a connection of its own: that the server still accepts them is part of its health.
        PooledConnectionLifetime = TimeSpan.Zero,
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    })
    {
        BaseAddress = new Uri("http://localhost"),
        Timeout = timeout,
    };
}
