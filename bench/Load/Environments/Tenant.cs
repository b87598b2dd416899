using System.Diagnostics;
using RestateCloud.Load.Clouds;

namespace RestateCloud.Load.Environments;

/// <summary>A user who makes an account for every ten environments, the quota of tier FREE.</summary>
internal sealed class Tenant(ControlApi api)
{
    private const int EnvironmentsPerAccount = 10;

    private string _account = "";
    private int _created;

    public async Task<IReadOnlyList<LoadEnvironment>> CreateInARowAsync(int count)
    {
        var environments = new List<LoadEnvironment>();
        for (var i = 0; i < count; i++) environments.Add(await CreateAsync(await NextAccountAsync()));
        return environments;
    }

    public async Task<IReadOnlyList<LoadEnvironment>> CreateAtOnceAsync(int count)
    {
        var accounts = new List<string>();
        for (var i = 0; i < count; i++) accounts.Add(await NextAccountAsync());
        return await Task.WhenAll(accounts.Select(CreateAsync));
    }

    private async Task<string> NextAccountAsync()
    {
        if (_created++ % EnvironmentsPerAccount == 0) _account = await api.CreateAccountAsync($"load-{_created}");
        return _account;
    }

    private async Task<LoadEnvironment> CreateAsync(string account)
    {
        var clock = Stopwatch.StartNew();
        var id = await api.CreateEnvironmentAsync(account, $"load-{Guid.NewGuid():n}");
        var active = await api.ActiveEnvironmentAsync(account, id);
        return new LoadEnvironment(account, id, active.IngressBaseUrl, active.AdminBaseUrl, clock.Elapsed);
    }
}
