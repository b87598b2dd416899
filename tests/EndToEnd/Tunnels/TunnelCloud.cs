using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.EndToEnd.Tests.Services;
using RestateCloud.EndToEnd.Tests.Tools;

namespace RestateCloud.EndToEnd.Tests.Tunnels;

/// <summary>A cloud with a name of its own in DNS, an environment, and the official CLI configured for it, beside the example's services.</summary>
public class TunnelCloud : IAsyncLifetime
{
    private readonly string[] _arguments;
    private Cloud? _cloud;
    private Tenant? _tenant;
    private TenantEnvironment? _environment;
    private NodeService? _service;
    private OfficialCli? _cli;
    private DnsServer? _dns;

    // Resolvers answer names below localhost themselves.
    public TunnelCloud()
        : this("--Domain=cloud.example")
    {
    }

    protected TunnelCloud(params string[] arguments) => _arguments = arguments;

    public TenantEnvironment Environment => _environment!;

    public Tenant Tenant => _tenant!;

    public NodeService Service => _service!;

    public OfficialCli Cli => _cli!;

    public Cloud Cloud => _cloud!;

    public DnsServer Dns => _dns!;

    /// <summary>What clients trust the tunnel server with.</summary>
    public string AuthorityFile => Path.Combine(Cloud.DataFolder, "tunnel", "authority.pem");

    public async ValueTask InitializeAsync()
    {
        _cloud = await Cloud.StartAsync(_arguments);
        _tenant = await Tenant.CreateAsync(_cloud, _cloud.FirstRun.AccessToken);
        _environment = await TenantEnvironment.CreateAsync(_tenant);
        _service = await NodeService.GreeterAsync(_environment.Description.SigningPublicKey);
        _dns = DnsServer.Start(_environment.Description.TunnelSrv, _environment.Description.TunnelBaseUrl.Port);
        _cli = await OfficialCli.CreateAsync("1.7.12", _cloud.FirstRun);
        (await _cli.AnswerAsync([("name", "mine")], "cloud", "env", "configure", $"{_tenant.AccountId}/{_environment.Id}")).Succeeded();
    }

    public async ValueTask DisposeAsync()
    {
        _cli?.Dispose();
        _dns?.Dispose();
        if (_environment is not null) await _environment.DisposeAsync();
        if (_service is not null) await _service.DisposeAsync();
        _tenant?.Dispose();
        if (_cloud is not null) await _cloud.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
