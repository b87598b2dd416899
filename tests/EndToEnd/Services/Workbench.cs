using RestateCloud.EndToEnd.Tests.Clouds;

namespace RestateCloud.EndToEnd.Tests.Services;

/// <summary>An environment of Alice's in which the services of <c>workbench.ts</c> are registered; one a test class.</summary>
public sealed class Workbench(SharedCloud cloud) : IAsyncLifetime
{
    private TenantEnvironment? _environment;
    private NodeService? _service;

    public TenantEnvironment Environment => _environment!;

    public NodeService Service => _service!;

    public async ValueTask InitializeAsync()
    {
        _environment = await TenantEnvironment.CreateAsync(cloud.Alice);
        _service = await NodeService.WorkbenchAsync(_environment.Description.SigningPublicKey);
        await _environment.RegisterAsync(_service);
    }

    public async ValueTask DisposeAsync()
    {
        if (_environment is not null) await _environment.DisposeAsync();
        if (_service is not null) await _service.DisposeAsync();
    }
}
