using System.Net;
using RestateCloud.Cli.Tunnels.Connecting;
using RestateCloud.Cli.Tunnels.RemotePorts;
using RestateCloud.Cli.Tunnels.Serving;

namespace RestateCloud.Cli.Tests.Tunnels;

public sealed class ArgumentTests
{
    [Theory]
    [InlineData("8080", 8080, 8080)]
    [InlineData("19070:9070", 9070, 19070)]
    [InlineData("0:8080", 8080, 0)]
    public void A_remote_port_may_have_another_number_here(string text, int remote, int local) =>
        Assert.Equal(new RemotePort(remote, local), RemotePort.Parse(text));

    [Theory]
    [InlineData("80")]
    [InlineData("")]
    [InlineData("x:8080")]
    [InlineData("1:2:8080")]
    [InlineData("70000:8080")]
    public void Other_remote_ports_are_refused(string text) => Assert.Null(RemotePort.Parse(text));

    [Theory]
    [InlineData("tunnel.example:7602", "tunnel.example", 7602, true)]
    [InlineData("https://tunnel.example:7602/", "tunnel.example", 7602, true)]
    [InlineData("http://10.0.0.1:80", "10.0.0.1", 80, false)]
    public void A_tunnel_server_is_a_host_and_a_port(string text, string host, int port, bool tls) =>
        Assert.Equal(new TunnelServer(host, port, tls), TunnelServer.Parse(text));

    [Theory]
    [InlineData("ftp://tunnel.example:21")]
    [InlineData(":7602")]
    public void What_is_no_address_is_refused(string text) => Assert.Null(TunnelServer.Parse(text));

    [Fact]
    public async Task Names_below_localhost_are_this_machine() =>
        Assert.Equal([IPAddress.Loopback], await TunnelServer.Parse("tunnel.local.localhost:1")!.ResolveAsync(TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("/http/localhost/9080", "http://localhost:9080", "/")]
    [InlineData("/http/localhost/9080?a", "http://localhost:9080", "/?a")]
    [InlineData("/https/10.0.0.1/443/a//b/../%2f?c=/d", "https://10.0.0.1:443", "/a//b/../%2f?c=/d")]
    [InlineData("/http/[::1]/9080/x", "http://[::1]:9080", "/x")]
    public void A_destination_is_taken_from_the_path_byte_for_byte(string path, string origin, string target) =>
        Assert.Equal(new ServiceDestination(origin, target), ServiceDestination.Parse(path));
}
