using System.Net;
using RestateCloud.Gateway.Tunnels.Connections;
using RestateCloud.TestSupport;

namespace RestateCloud.Cli.Tests.Tunnels;

/// <summary>Connections to services that speak HTTP/1.1: what becomes of calls when a service does not keep them.</summary>
public sealed class KeptConnectionTests : IAsyncLifetime
{
    private const string Ok = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

    private readonly BareService _service;
    private Func<string, string?> _answer = _ => Ok;
    private TestTunnelServer _server = null!;
    private RunningTunnel _tunnel = null!;
    private AcceptedConnection _connection = null!;

    public KeptConnectionTests() => _service = new BareService(head => _answer(head));

    public async ValueTask InitializeAsync()
    {
        _service.Start();
        _server = await TestTunnelServer.StartAsync();
        _tunnel = RunningTunnel.Start(_server);
        _connection = await _server.NextAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _tunnel.DisposeAsync();
        _service.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Calls_that_come_one_after_another_share_a_connection()
    {
        await RelayedAsync();
        var calls = _service.Requests.Count;

        for (var i = 0; i < 100; i++) Assert.Equal(HttpStatusCode.OK, await CallAsync(HttpMethod.Get));

        // Those that were on their way when the first took a call are used too.
        Assert.InRange(_service.Accepted, 2, 50);
        Assert.All(_service.Requests.Skip(calls), head => Assert.True(BareService.IsRelayed(head), head));
    }

    [Fact]
    public async Task A_service_that_closes_its_connection_after_each_answer_answers_all_calls()
    {
        _answer = _ => "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok";

        await RelayedAsync();
        for (var i = 0; i < 20; i++) Assert.Equal(HttpStatusCode.OK, await CallAsync(HttpMethod.Post));

        Assert.Equal(0, _tunnel.Activity.Errors);
    }

    [Fact]
    public async Task A_call_whose_connection_the_service_closes_at_the_same_time_is_made_again()
    {
        await RelayedAsync();
        _answer = head => BareService.IsRelayed(head) ? null : Ok;

        Assert.Equal(HttpStatusCode.OK, await CallAsync(HttpMethod.Get, "/again?a=b"));

        Assert.Equal([true, false], _service.Requests.Where(head => head.StartsWith("GET /again?a=b HTTP/1.1\r\n", StringComparison.Ordinal)).Select(BareService.IsRelayed));
        Assert.DoesNotContain(_service.Requests, head => head.Contains("x-restate-tunnel", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(0, _tunnel.Activity.Errors);
        await Eventually.HoldsAsync(() => _tunnel.Activity.InFlight == 0, "all have ended");
    }

    [Fact]
    public async Task A_call_that_the_service_may_have_acted_on_is_not_made_again()
    {
        await RelayedAsync();
        _answer = head => BareService.IsRelayed(head) ? null : Ok;

        Assert.Equal(HttpStatusCode.BadGateway, await CallAsync(HttpMethod.Post, "/once"));

        Assert.Single(_service.Requests, head => head.StartsWith("POST /once ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_that_is_started_again_is_connected_again()
    {
        await RelayedAsync();
        _service.Stop();
        await Eventually.HoldsAsync(async () => await CallAsync(HttpMethod.Get) == HttpStatusCode.BadGateway, "calls find nobody");
        _service.Requests.Clear();

        _service.Start();

        await RelayedAsync();
    }

    /// <summary>Returns when a call was passed on as it came.</summary>
    private Task RelayedAsync() => Eventually.HoldsAsync(
        async () =>
        {
            await CallAsync(HttpMethod.Get);
            return _service.Requests.Any(BareService.IsRelayed);
        },
        "calls are relayed");

    private async Task<HttpStatusCode> CallAsync(HttpMethod method, string path = "/invoke")
    {
        using var answer = await _tunnel.CallAsync(
            _connection, $"/http/127.0.0.1/{_service.Port}{path}", _tunnel.Signer.Token(path.Split('?')[0]), version: "HTTP/1.1", method: method);
        return answer.StatusCode;
    }
}
