using System.Globalization;
using RestateCloud.EndToEnd.Tests;
using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.TestSupport;

namespace RestateCloud.Cluster.Tests.Clusters;

/// <summary>A process that serves tenants.</summary>
public sealed class GatewayMember(string dataFolder, ReservedPort api, ReservedPort ingress, ReservedPort admin, IEnumerable<string> settings)
    : Member("gateway", dataFolder,
        [.. settings, Port("Api", api.Number), Port("Ingress", ingress.Number), Port("Admin", admin.Number), Port("Tunnel", 0), Port("TunnelProxy", 0)])
{
    private FirstRun? _firstRun;

    /// <summary>The control API, known before it answers.</summary>
    public Uri Api { get; } = Url(api);

    /// <summary>The ingress of every environment.</summary>
    public Uri Ingress { get; } = Url(ingress);

    /// <summary>The admin API of every environment.</summary>
    public Uri Admin { get; } = Url(admin);

    /// <summary>What clients of its tunnel port trust it with.</summary>
    public string TunnelAuthorityFile => Path.Combine(DataFolder, "tunnel", "authority.pem");

    /// <summary>What it told scripts once it was ready.</summary>
    public FirstRun FirstRun => _firstRun!;

    public override Task StartAsync(params string[] more)
    {
        if (Directory.Exists(DataFolder)) File.Delete(FirstRun.PathIn(DataFolder));
        return base.StartAsync(more);
    }

    public override async Task ReadyAsync() => _firstRun = await Eventually.GetAsync(
        () =>
        {
            ThrowIfEnded();
            return Task.FromResult(FirstRun.TryRead(DataFolder));
        },
        "the gateway is ready",
        StartLimit);

    /// <summary>The status that a path of its API port answers with, or null when there is no answer.</summary>
    public async Task<int?> StatusAsync(string path)
    {
        using var client = Http.Client(Api, credential: null);
        try
        {
            using var response = await client.GetAsync(path);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static Uri Url(ReservedPort port) => new($"http://127.0.0.1:{port.Number}");

    private static string Port(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"--Ports:{name}={number}");
}
