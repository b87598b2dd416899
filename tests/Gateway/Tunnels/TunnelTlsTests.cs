using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Tunnels;

public sealed class TunnelTlsTests
{
    [Theory]
    [InlineData("tunnel.local.localhost")]
    [InlineData("server-1.tunnel.local.localhost")]
    public async Task Whoever_trusts_the_authority_file_speaks_http2_with_the_srv_records_name_and_with_its_target(string name)
    {
        using var folder = new TemporaryFolder();
        await using var cloud = await StartAsync(folder);

        await using var stream = await ConnectAsync(cloud, name, folder.File("authority.pem"));

        Assert.Equal(SslApplicationProtocol.Http2, stream.NegotiatedApplicationProtocol);
    }

    [Fact]
    public async Task Another_name_is_not_trusted()
    {
        using var folder = new TemporaryFolder();
        await using var cloud = await StartAsync(folder);

        await Assert.ThrowsAsync<AuthenticationException>(() => ConnectAsync(cloud, "other.example", folder.File("authority.pem")));
    }

    private static Task<TestCloud> StartAsync(TemporaryFolder folder) =>
        TestCloud.StartAsync(settings: new() { ["Tunnels:Plain"] = "false", ["Tunnels:Folder"] = folder.Path });

    private static async Task<SslStream> ConnectAsync(TestCloud cloud, string name, string authorityFile)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", cloud.Ports.Tunnel);
        var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = name,
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                    CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(authorityFile) },
                },
            });
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }
}
