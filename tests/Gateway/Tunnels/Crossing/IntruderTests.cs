using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.Identifiers;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Tunnels.Crossing;

/// <summary>Whoever reaches the port between gateways and is none, or is one and goes too far.</summary>
public sealed class IntruderTests : IAsyncLifetime
{
    private TwoGateways _gateways = null!;
    private TestTunnelClient _tunnel = null!;
    private int _calls;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private int Port => _gateways.Holder.Ports.Crossing;

    public async ValueTask InitializeAsync()
    {
        _gateways = await TwoGateways.StartAsync();
        _tunnel = await _gateways.OpenAsync("laptop", _ =>
        {
            Interlocked.Increment(ref _calls);
            return Task.CompletedTask;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _tunnel.DisposeAsync();
        await _gateways.DisposeAsync();
    }

    [Fact]
    public async Task A_gateway_is_served()
    {
        using var certificate = _gateways.Authority.Issue();

        Assert.Equal(HttpStatusCode.OK, await CallAsync(certificate, _gateways.Caller.PathTo("laptop")));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task Who_has_no_certificate_is_not_even_with_the_identity_of_the_environment() => await NotServedAsync(null);

    [Fact]
    public async Task A_certificate_of_another_authority_is_none()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue();

        await NotServedAsync(certificate);
    }

    [Fact]
    public async Task A_certificate_for_servers_only_lets_nobody_call()
    {
        using var certificate = _gateways.Authority.Issue(TestAuthority.Server);

        await NotServedAsync(certificate);
    }

    [Fact]
    public async Task Who_speaks_without_tls_is_not_answered()
    {
        using var client = Clients.To(Port, null, HttpVersion.Version20);
        using var request = Signed(HttpMethod.Get, _gateways.Caller.PathTo("laptop"));
        request.Version = HttpVersion.Version20;

        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(request, Cancellation));
        Assert.Equal("", await RawConnection.ExchangeAsync(Port, $"GET {_gateways.Caller.PathTo("laptop")} HTTP/1.1\r\nHost: a\r\n\r\n"));
        Assert.Equal(0, _calls);
    }

    [Fact]
    public async Task A_call_that_came_from_a_gateway_is_not_handed_on_to_another()
    {
        using var certificate = _gateways.Authority.Issue();

        Assert.Equal(HttpStatusCode.MisdirectedRequest, await CallAsync(certificate, _gateways.Caller.PathTo("laptop"), _gateways.Entry.Ports.Crossing));
        Assert.Equal(0, _calls);
    }

    [Fact]
    public async Task Another_environments_path_leads_to_no_tunnel_of_this_one()
    {
        using var certificate = _gateways.Authority.Issue();
        var other = await _gateways.Environment.Owner.CreateEnvironmentAsync();

        foreach (var id in (string[])[other.Id, ResourceId.New(ResourceId.Environment)])
        {
            Assert.Equal(HttpStatusCode.MisdirectedRequest, await CallAsync(certificate, $"/{ResourceId.Bare(id)}/laptop/http/localhost/9080/invoke/Greeter/greet"));
        }

        Assert.Equal(0, _calls);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz")]
    [InlineData("/cloud/CreateAccount")]
    [InlineData("/login")]
    [InlineData("/{id}/laptop/ftp/localhost/9080/discover")]
    [InlineData("/{id}/laptop/http/localhost/9080/../discover")]
    [InlineData("/{id}/other/../laptop/http/localhost/9080/discover")]
    [InlineData("/{id}/laptop/http/local%2fhost/9080/discover")]
    [InlineData("//{id}/laptop/http/localhost/9080/discover")]
    public async Task Nothing_but_paths_of_tunnels_is_served(string path)
    {
        using var certificate = _gateways.Authority.Issue();

        var status = await CallAsync(certificate, path.Replace("{id}", ResourceId.Bare(_gateways.Environment.Id), StringComparison.Ordinal));

        Assert.Contains(status, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
        Assert.Equal(0, _calls);
    }

    [Fact]
    public async Task A_server_that_is_no_gateway_is_sent_nothing_although_it_says_that_it_holds_a_tunnel()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var received = ReadAsync(listener, certificate);
        await _gateways.Environment.Grain.OpenTunnelAsync("theirs", new("impostor", DateTimeOffset.UtcNow, listener.LocalEndpoint.ToString()));

        using var answer = await _gateways.Caller.CallAsync("theirs");

        await ErrorAssert.IsAsync(answer, HttpStatusCode.ServiceUnavailable, "No client of the tunnel 'theirs'");
        Assert.Equal(0, await received);
    }

    private static async Task<int> ReadAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var client = await listener.AcceptTcpClientAsync(Cancellation);
        await using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(certificate);
            return await stream.ReadAsync(new byte[1], Cancellation);
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            return 0;
        }
    }

    private async Task NotServedAsync(X509Certificate2? certificate)
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => CallAsync(certificate, _gateways.Caller.PathTo("laptop")));
        Assert.Equal(0, _calls);
    }

    private async Task<HttpStatusCode> CallAsync(X509Certificate2? certificate, string path, int? port = null)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions =
            {
                ClientCertificates = certificate is null ? [] : [certificate],
                LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!,
                // The intruder does not mind whom it speaks to.
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
            },
        });
        using var request = Signed(HttpMethod.Get, $"https://127.0.0.1:{port ?? Port}{path}");
        using var answer = await client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    private HttpRequestMessage Signed(HttpMethod method, string uri)
    {
        var verbatim = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var request = new HttpRequestMessage(method, uri.StartsWith('/') ? new Uri($"http://127.0.0.1:{Port}{uri}", verbatim) : new Uri(uri, verbatim))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        foreach (var (name, value) in _gateways.Caller.Identity()) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
