using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using RestateCloud.Cluster.Tests.Clusters;
using RestateCloud.EndToEnd.Tests;
using RestateCloud.TestSupport;

namespace RestateCloud.Cluster.Tests;

/// <summary>Who may be a member of a cluster.</summary>
public sealed class TlsTests
{
    private const string Section = "Cluster:Tls";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Members_know_each_other_by_certificates_of_their_authority_and_let_nobody_else_in()
    {
        using var authority = new TestAuthority();
        using var stranger = new TestAuthority();
        await using var cluster = await TestCluster.PrepareAsync(silos: 2, gateways: 3);
        var (silo, other) = (cluster.Silos[0], cluster.Silos[1]);
        var (good, unsigned, foreign) = (cluster.Gateways[0], cluster.Gateways[1], cluster.Gateways[2]);

        foreach (var member in (Member[])[silo, other, good]) await member.StartAsync(authority.NewFiles().Arguments(Section));
        await unsigned.StartAsync();
        await foreign.StartAsync(stranger.NewFiles().Arguments(Section));

        await Task.WhenAll(silo.ReadyAsync(), other.ReadyAsync(), good.ReadyAsync());
        Assert.Equal("ACTIVE", (await Tenant.CreateAsync(good)).Environment.Status);
        foreach (var refused in (GatewayMember[])[unsigned, foreign])
        {
            await Eventually.HoldsAsync(() => refused.Output.Contains("No silo answers yet: Unable to connect"), "it tried", Limit);
            Assert.Equal(503, await refused.StatusAsync("readyz"));
        }

        await Eventually.HoldsAsync(() => silo.Output.Contains("was not let in: "), "the silo tells whom it refuses", Limit);
        using var foreignCertificate = stranger.Issue();
        foreach (var port in (int[])[silo.SiloPort, silo.GatewayPort])
        {
            Assert.True(await IsClosedOnAsync(port, stream => Task.FromResult(stream)), "plain TCP");
            Assert.True(await IsClosedOnAsync(port, stream => WithTlsAsync(stream, null)), "no certificate");
            Assert.True(await IsClosedOnAsync(port, stream => WithTlsAsync(stream, foreignCertificate)), "a certificate of somebody else");
        }
    }

    [Theory]
    [InlineData("--Cluster:AdvertisedAddress=192.0.2.1", "Without Cluster:Tls a silo listens on loopback only, not on 192.0.2.1")]
    [InlineData("--Cluster:Tls:CertificateFile=/nowhere/a.pem", "Cluster:Tls:KeyFile is not set")]
    public async Task A_silo_that_could_be_reached_by_anyone_does_not_start(string setting, string reason)
    {
        using var folder = new TemporaryFolder();
        await using var silo = ChildProcess.Start(
            "dotnet", [Build.Silo, "--role", "silo", "--data", folder.Path, "--Cluster:ConnectionString=Host=/nowhere", setting]);

        Assert.Equal(1, await silo.ExitAsync(Limit));
        Assert.Contains(reason, silo.Output);
    }

    [Fact]
    public async Task A_certificate_that_its_authority_did_not_sign_is_found_out_at_the_start()
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestAuthority();
        using var stranger = new TestAuthority();
        var files = authority.NewFiles() with { Authority = stranger.NewFiles().Authority };
        await using var gateway = ChildProcess.Start(
            "dotnet", [Build.Silo, "--role", "gateway", "--data", folder.Path, "--Cluster:ConnectionString=Host=/nowhere", .. files.Arguments(Section)]);

        Assert.Equal(1, await gateway.ExitAsync(Limit));
        Assert.Contains("that the authority in Cluster:Tls:AuthorityFile has signed: ", gateway.Output);
    }

    /// <summary>Whether a connection is ended by the other side without a byte of an answer.</summary>
    private static async Task<bool> IsClosedOnAsync(int port, Func<Stream, Task<Stream>> secure)
    {
        using var client = new TcpClient();
        using var limit = new CancellationTokenSource(Limit);
        await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
        try
        {
            await using var stream = await secure(client.GetStream());
            await stream.WriteAsync(new byte[64], limit.Token);
            return await stream.ReadAsync(new byte[64], limit.Token) == 0;
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            return true;
        }
    }

    private static async Task<Stream> WithTlsAsync(Stream inner, X509Certificate2? certificate)
    {
        var stream = new SslStream(inner);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "restate-cloud",
            ClientCertificates = certificate is null ? null : [certificate],
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        });
        return stream;
    }
}
