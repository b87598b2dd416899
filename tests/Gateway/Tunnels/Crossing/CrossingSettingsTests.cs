using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Gateway.Tunnels.Crossing;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Tunnels.Crossing;

public sealed class CrossingSettingsTests(SharedCloud shared) : IDisposable
{
    private const string Section = "Tunnels:Crossing:";

    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void Without_settings_there_is_no_such_port() => Assert.Throws<InvalidOperationException>(() => shared.Cloud.Ports.Crossing);

    [Theory]
    [InlineData("CertificateFile", null, "CertificateFile")]
    [InlineData("KeyFile", null, "KeyFile")]
    [InlineData("AuthorityFile", null, "AuthorityFile")]
    [InlineData("CertificateFile", "/nowhere/a.pem", "CertificateFile must name a PEM file")]
    [InlineData("AuthorityFile", "/nowhere/a.pem", "AuthorityFile must name")]
    [InlineData("Address", "a/b", "'a/b' is not a host")]
    [InlineData("Address", "elsewhere.example:7604", "a certificate for elsewhere.example")]
    [InlineData("ListenAddress", "everywhere", "'everywhere' is not an IP address")]
    public async Task Settings_with_which_gateways_would_not_know_each_other_are_refused_at_the_start(string setting, string? value, string reason)
    {
        var settings = _authority.CrossingSettings();
        settings[Section + setting] = value;

        await RefusedAsync(settings, reason);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused_at_the_start()
    {
        using var other = new TestAuthority();
        var settings = _authority.CrossingSettings();
        settings[Section + "AuthorityFile"] = other.CrossingSettings()[Section + "AuthorityFile"];

        await RefusedAsync(settings, "that the authority in Tunnels:Crossing:AuthorityFile has signed");
    }

    [Theory]
    [InlineData("gateway-1.internal", "gateway-1.internal", null)]
    [InlineData("gateway-1.internal:7605", "gateway-1.internal", 7605)]
    [InlineData("192.0.2.7:7605", "192.0.2.7", 7605)]
    [InlineData("[2001:db8::7]:7605", "2001:db8::7", 7605)]
    [InlineData("[2001:db8::7]", "2001:db8::7", null)]
    public void An_address_is_a_host_and_maybe_a_port(string text, string host, int? port)
    {
        Assert.True(GatewayAddress.TryParse(text, out var address));

        Assert.Equal((host, port), (address.Host, address.Port));
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(":7604")]
    [InlineData("host:0")]
    [InlineData("host:70000")]
    [InlineData("host/path")]
    [InlineData("host?query")]
    [InlineData("user@host")]
    [InlineData("https://host")]
    public void Anything_else_is_none(string text) => Assert.False(GatewayAddress.TryParse(text, out _));

    private async Task RefusedAsync(Dictionary<string, string?> settings, string reason)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => TestGateway.StartAsync(shared.Cloud.Grains, settings));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }
}
