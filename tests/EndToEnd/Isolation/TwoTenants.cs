using RestateCloud.EndToEnd.Tests.Clouds;

namespace RestateCloud.EndToEnd.Tests.Isolation;

/// <summary>An environment of each of two tenants who have nothing to do with each other.</summary>
public sealed class TwoTenants(SharedCloud cloud) : IAsyncLifetime
{
    private TenantEnvironment? _alices;
    private TenantEnvironment? _bobs;

    public TenantEnvironment Alices => _alices!;

    public TenantEnvironment Bobs => _bobs!;

    public async ValueTask InitializeAsync()
    {
        _alices = await TenantEnvironment.CreateAsync(cloud.Alice);
        _bobs = await TenantEnvironment.CreateAsync(cloud.Bob);
    }

    public async ValueTask DisposeAsync()
    {
        if (_alices is not null) await _alices.DisposeAsync();
        if (_bobs is not null) await _bobs.DisposeAsync();
    }
}
