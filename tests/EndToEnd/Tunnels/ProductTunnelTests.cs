using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using RestateCloud.EndToEnd.Tests.ControlPlane;
using RestateCloud.EndToEnd.Tests.Invocations;
using RestateCloud.EndToEnd.Tests.Tools;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Tunnels;

/// <summary><c>restate-cloud tunnel</c>, with a service on the official SDK that only its environment may call.</summary>
public sealed class ProductTunnelTests(LocalTunnelCloud cloud) : IClassFixture<LocalTunnelCloud>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly ProductCli _cli = new(cloud.Cli);

    [Fact]
    public async Task A_service_is_registered_by_the_official_cli_and_invoked_without_dns_or_a_flag()
    {
        await using var tunnel = await _cli.TunnelAsync("laptop");
        await RegisterAsync("laptop");

        Assert.Contains("Ada", await GreetAsync("Ada"));

        tunnel.Terminate();
        Assert.Equal(0, await tunnel.ExitAsync(Soon));
        Assert.Matches(@"\d+ calls, 0 errors; last POST /invoke/Greeter/greet 200", tunnel.Output);
    }

    [Fact]
    public async Task It_does_not_take_a_core_from_the_service()
    {
        await using var tunnel = await _cli.TunnelAsync("batch");
        await RegisterAsync("batch");
        await GreetAsync("Ben");

        var workers = SchedulingPolicy.OfThreads(tunnel.Id).Where(thread => thread.Name is ".NET TP Worker" or ".NET Sockets").ToArray();

        Assert.NotEmpty(workers);
        Assert.All(workers, worker => Assert.Equal(SchedulingPolicy.Batch, worker.Policy));
    }

    [Fact]
    public async Task At_a_terminal_a_few_lines_are_kept_up_to_date_until_ctrl_c()
    {
        await using var terminal = _cli.StartAtTerminal("tunnel", "--no-remote-ports", "--tunnel-name", "live");
        await terminal.OutputMatchesAsync(new Regex(@"connections\s+[1-9]\d* of"), Soon);
        await RegisterAsync("live");

        await GreetAsync("Gus");

        await terminal.OutputMatchesAsync(new Regex(@"calls\s+[1-9]\d*, 0 in flight"), Soon);
        await terminal.OutputMatchesAsync(new Regex(@"last call\s+POST /invoke/Greeter/greet 200"), Soon);
        await terminal.WriteAsync("\u0003");
        Assert.Equal(0, await terminal.ExitAsync(Soon));
    }

    [Fact]
    public async Task A_call_waits_for_a_service_that_is_restarted()
    {
        await using var tunnel = await _cli.TunnelAsync("restarted");
        await RegisterAsync("restarted");
        Task<string>? greeting = null;

        await cloud.Service.RestartAsync(async () =>
        {
            greeting = GreetAsync("Bob");
            await Eventually.HoldsAsync(() => tunnel.Output.Contains("did not answer", StringComparison.Ordinal), "the client says that nobody answers");
        });

        Assert.Contains("Bob", await greeting!);
    }

    [Fact]
    public async Task A_connection_on_which_nothing_happens_stays_and_carries_the_next_call()
    {
        await using var tunnel = await _cli.TunnelAsync("idle");
        await RegisterAsync("idle");
        await GreetAsync("Eve");

        await IdleTime.PassesAsync();

        Assert.Contains("Fay", await GreetAsync("Fay"));
        Assert.Single(ProductCli.Connected().Matches(tunnel.Output));
    }

    [Fact]
    public async Task A_call_waits_for_a_client_that_was_killed()
    {
        var killed = await _cli.TunnelAsync("killed");
        await RegisterAsync("killed");
        await killed.DisposeAsync();
        var greeting = GreetAsync("Carol");

        await using var tunnel = await _cli.TunnelAsync("killed");

        Assert.Contains("Carol", await greeting);
    }

    [Fact]
    public async Task A_refused_token_ends_it_with_the_clouds_sentence()
    {
        var key = await cloud.Environment.KeyAsync(Roles.Ingress);

        var output = (await _cli.RunAsync(key.ApiKey, "tunnel", "--no-remote-ports")).Failed();

        Assert.Contains("use a key with rst:role::TunnelAccess", output);
        Assert.DoesNotContain("   at ", output);
        Assert.DoesNotContain(key.ApiKey, output);
    }

    [Fact]
    public async Task A_key_that_may_open_tunnels_opens_one()
    {
        var key = await cloud.Environment.KeyAsync(Roles.Tunnel);
        await using var tunnel = _cli.Start(key.ApiKey, "tunnel", "--no-remote-ports");

        await tunnel.OutputMatchesAsync(ProductCli.Connected(), Soon);
    }

    [Fact]
    public async Task A_key_the_public_key_and_an_address_are_enough_where_nobody_is_signed_in()
    {
        var description = cloud.Environment.Description;
        await using var tunnel = ChildProcess.Start("dotnet", [Build.Cli, "tunnel", "--ca", cloud.AuthorityFile], environment: new Dictionary<string, string?>
        {
            ["RESTATE_CLI_CONFIG_HOME"] = "/nonexistent",
            ["RESTATE_ENVIRONMENT_ID"] = description.EnvironmentId,
            ["RESTATE_SIGNING_PUBLIC_KEY"] = description.SigningPublicKey,
            ["RESTATE_AUTH_TOKEN"] = (await cloud.Environment.KeyAsync(Roles.Tunnel)).ApiKey,
            ["RESTATE_TUNNEL_SERVERS"] = description.TunnelBaseUrl.ToString(),
            ["RESTATE_TUNNEL_NAME"] = "standalone",
        });
        await tunnel.OutputMatchesAsync(ProductCli.Connected(), Soon);
        await RegisterAsync("standalone");

        Assert.Contains("Dora", await GreetAsync("Dora"));
    }

    [Fact]
    public async Task A_server_that_another_authority_vouches_for_is_not_spoken_to()
    {
        using var folder = new TemporaryFolder();
        var authority = folder.File("other.pem");
        using (var key = ECDsa.Create())
        {
            var request = new CertificateRequest("CN=Other", key, HashAlgorithmName.SHA256);
            using var other = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            await File.WriteAllTextAsync(authority, other.ExportCertificatePem());
        }

        var output = (await _cli.RunAsync(null, "tunnel", "--no-remote-ports", "--ca", authority)).Failed();

        Assert.Contains("is not trusted: give the file of the authority that signed it with --ca FILE", output);
    }

    [Fact]
    public async Task The_environment_is_described_with_the_key_that_services_verify_calls_with()
    {
        var text = (await _cli.RunAsync(null, "env", "describe")).Succeeded();
        var json = (await _cli.RunAsync(null, "env", "describe", cloud.Environment.Id, "--json")).Succeeded();

        Assert.Contains(cloud.Environment.Description.SigningPublicKey, text);
        Assert.Contains("ACTIVE", text);
        Assert.Contains($"\"signingPublicKey\": \"{cloud.Environment.Description.SigningPublicKey}\"", json);
    }

    private async Task RegisterAsync(string tunnel) =>
        (await cloud.Cli.RunAsync("deployments", "register", "--yes", "--force", "--tunnel-name", tunnel, cloud.Service.Url.ToString())).Succeeded();

    private Task<string> GreetAsync(string name) => cloud.Environment.Ingress.CallAsync<string>("Greeter/greet", name);
}
