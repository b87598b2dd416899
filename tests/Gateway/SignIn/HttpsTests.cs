using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using RestateCloud.Gateway.SignIn.Certificates;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.SignIn;

public sealed class HttpsTests
{
    [Fact]
    public async Task The_sign_in_page_is_reached_over_https_by_whoever_trusts_the_authority_file()
    {
        using var folder = new TemporaryFolder();
        await using var cloud = await TestCloud.StartAsync(settings: new() { ["Ports:Https"] = "0", ["Https:Folder"] = folder.Path });
        using var plain = Clients.To(cloud.Ports.Api, null);
        var config = JsonNode.Parse(await plain.GetStringAsync("/.auth-config", TestContext.Current.CancellationToken))!;
        Assert.Equal("cognito", (string)config["provider"]!);
        using var trusting = Trusting(folder.File("authority.pem"));

        var login = $"{config["login_base_url"]}{Browser.LoginPath()}";
        var page = await trusting.GetStringAsync(login, TestContext.Current.CancellationToken);
        var byName = await trusting.GetStringAsync(login.Replace("127.0.0.1", "localhost"), TestContext.Current.CancellationToken);

        Assert.Contains("<form", page, StringComparison.Ordinal);
        Assert.Equal(page, byName);
        using var distrusting = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await Assert.ThrowsAsync<HttpRequestException>(() => distrusting.GetStringAsync(login, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_certificate_is_kept_over_restarts_and_its_key_is_never_in_clear()
    {
        using var folder = new TemporaryFolder();
        var protector = new EphemeralProtector();

        var first = new LocalCertificateStore(folder.Path, protector, TimeProvider.System).LoadOrCreate(["localhost"]);
        var second = new LocalCertificateStore(folder.Path, protector, TimeProvider.System).LoadOrCreate(["localhost"]);
        var otherName = new LocalCertificateStore(folder.Path, protector, TimeProvider.System).LoadOrCreate(["cloud.example"]);

        Assert.Equal(first.Thumbprint, second.Thumbprint);
        Assert.True(second.HasPrivateKey);
        Assert.NotEqual(first.Thumbprint, otherName.Thumbprint);
        foreach (var file in Directory.EnumerateFiles(folder.Path))
        {
            Assert.DoesNotContain("PRIVATE KEY", File.ReadAllText(file), StringComparison.Ordinal);
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public void A_damaged_or_expiring_certificate_is_made_anew()
    {
        using var folder = new TemporaryFolder();
        var protector = new EphemeralProtector();
        var clock = new ManualClock();
        var store = new LocalCertificateStore(folder.Path, protector, clock);
        var first = store.LoadOrCreate(["localhost"]);

        File.WriteAllText(folder.File("server.key.protected"), "damaged");
        var second = store.LoadOrCreate(["localhost"]);
        clock.Advance(TimeSpan.FromDays(771).TotalSeconds);
        var third = store.LoadOrCreate(["localhost"]);

        Assert.Equal(3, new[] { first.Thumbprint, second.Thumbprint, third.Thumbprint }.Distinct().Count());
    }

    private static HttpClient Trusting(string authorityFile) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(authorityFile) },
            },
        },
    });
}
