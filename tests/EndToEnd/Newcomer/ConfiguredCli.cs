using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.EndToEnd.Tests.Services;
using RestateCloud.EndToEnd.Tests.Tools;

namespace RestateCloud.EndToEnd.Tests.Newcomer;

/// <summary>
/// The official CLI after <c>cloud env configure</c>, which was told no more than the API's address and a token, beside the example's services.
/// </summary>
public abstract class ConfiguredCli(SharedCloud cloud, string version) : IAsyncLifetime
{
    private const string Profile = "mine";

    private TenantEnvironment? _environment;
    private NodeService? _service;
    private OfficialCli? _cli;

    public TenantEnvironment Environment => _environment!;

    public NodeService Service => _service!;

    public OfficialCli Cli => _cli!;

    /// <summary>What the dialogue of <c>cloud env configure</c> showed.</summary>
    public CliResult Configured { get; private set; } = null!;

    /// <summary>The output of a command that succeeds.</summary>
    public async Task<string> RunAsync(params string[] arguments) => (await Cli.RunAsync(arguments)).Succeeded();

    public async ValueTask InitializeAsync()
    {
        _environment = await TenantEnvironment.CreateAsync(cloud.Alice);
        _service = await NodeService.GreeterAsync(_environment.Description.SigningPublicKey);
        _cli = await OfficialCli.CreateAsync(version, cloud.FirstRun.ApiBaseUrl, cloud.Alice.AccessToken);
        Configured = await _cli.AnswerAsync([("name", Profile)], "cloud", "env", "configure", $"{cloud.Alice.AccountId}/{Environment.Id}");
        Configured.Succeeded();
        await _environment.RegisterAsync(_service);
    }

    public async ValueTask DisposeAsync()
    {
        _cli?.Dispose();
        if (_environment is not null) await _environment.DisposeAsync();
        if (_service is not null) await _service.DisposeAsync();
    }
}

/// <summary>The oldest CLI that signs in to this cloud by itself.</summary>
public sealed class ConfiguredCli16(SharedCloud cloud) : ConfiguredCli(cloud, "1.6.2");

/// <summary>Today's CLI.</summary>
public sealed class ConfiguredCli17(SharedCloud cloud) : ConfiguredCli(cloud, "1.7.12");
