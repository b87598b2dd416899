using RestateCloud.Cli.Tunnels;
using RestateCloud.Cli.Tunnels.RemotePorts;

namespace RestateCloud.Cli.Tests.Tunnels;

public sealed class StandaloneTargetTests
{
    private static readonly TunnelArguments None = new(null, null, null, true, [], null, 1);

    private readonly Dictionary<string, string> _variables = new()
    {
        ["RESTATE_ENVIRONMENT_ID"] = "env_1",
        ["RESTATE_SIGNING_PUBLIC_KEY"] = "publickeyv1_x",
        ["RESTATE_AUTH_TOKEN"] = "key_1",
        ["RESTATE_TUNNEL_SERVERS"] = "a.example:7602, http://b.example:80",
    };

    [Fact]
    public async Task The_variables_say_all_there_is_to_know()
    {
        var target = (await FindAsync(None))!;

        Assert.Equal(("env_1", "key_1", 2), (target.EnvironmentId, target.Credential, target.Servers.Count));
        Assert.Null(target.Doors);
    }

    [Fact]
    public async Task Without_an_environment_there_it_is_left_to_the_api()
    {
        _variables.Remove("RESTATE_ENVIRONMENT_ID");

        Assert.Null(await FindAsync(None));
    }

    [Theory]
    [InlineData("RESTATE_SIGNING_PUBLIC_KEY")]
    [InlineData("RESTATE_AUTH_TOKEN")]
    [InlineData("RESTATE_TUNNEL_SERVERS")]
    public async Task What_is_missing_is_named(string variable)
    {
        _variables.Remove(variable);

        Assert.Contains(variable, (await Assert.ThrowsAsync<CommandException>(() => FindAsync(None))).Message);
    }

    [Fact]
    public async Task What_contradicts_it_or_cannot_be_used_is_refused()
    {
        await Assert.ThrowsAsync<CommandException>(() => FindAsync(None with { Environment = "other" }));
        await Assert.ThrowsAsync<CommandException>(() => FindAsync(None with { RemotePorts = RemotePort.Both }));
        _variables["RESTATE_TUNNEL_SERVERS"] = "ftp://a.example";
        await Assert.ThrowsAsync<CommandException>(() => FindAsync(None));
    }

    private Task<TunnelTarget?> FindAsync(TunnelArguments arguments) =>
        StandaloneTarget.FindAsync(arguments, name => _variables.GetValueOrDefault(name), TestContext.Current.CancellationToken);
}
