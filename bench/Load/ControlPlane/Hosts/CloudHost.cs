using RestateCloud.Gateway;
using RestateCloud.Gateway.ControlApi;
using RestateCloud.Gateway.SignIn;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Grains.Regions;
using RestateCloud.Grains.Secrets;
using RestateCloud.Grains.Tiers;
using RestateCloud.Load.Grains;
using RestateCloud.Load.Proxies.Hosts;

namespace RestateCloud.Load.ControlPlane.Hosts;

/// <summary>
/// This program as a cloud, or a member of one, whose environments have no servers: the product's grains and gateway as its own program
/// composes them. Does what its standard input says, and ends with it.
/// </summary>
internal static class CloudHost
{
    public const string Command = "cloud";
    public const string All = "all";
    public const string Silo = "silo";
    public const string Gateway = "gateway";

    /// <param name="arguments">Role and settings.</param>
    public static async Task RunAsync(string[] arguments)
    {
        using var host = arguments[0] == Silo ? CreateSilo(arguments[1..]) : CreateGateway(arguments[0], arguments[1..]);
        await host.StartAsync();
        Console.WriteLine("Ready.");
        var orders = new HostOrders(host.Services);
        while (await ReadLineAsync() is { } order) Console.WriteLine(await orders.CarryOutAsync(order));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await host.StopAsync(limit.Token);
    }

    private static IHost CreateSilo(string[] settings)
    {
        var builder = Host.CreateApplicationBuilder(settings);
        builder.AddShared(Silo);
        builder.Services.AddSingleton<ILoopbackListeners, NoListeners>();
        builder.Services.AddSingleton(new TierCatalog());
        return builder.Build();
    }

    private static WebApplication CreateGateway(string role, string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(settings);
        builder.AddShared(role);
        builder.Services.AddGateway(builder.Configuration).AddControlApi().AddSignIn();
        var application = builder.Build();
        application.UseGateway();
        application.UseControlApiErrors();
        application.MapControlApi();
        return application;
    }

    private static void AddShared(this IHostApplicationBuilder builder, string role)
    {
        builder.Logging.ClearProviders();
        builder.AddGrains(role);
        var provisioner = new FixedProvisioner(UpstreamAddress.Unix("/nowhere"));
        builder.Services.AddSingleton<IEnvironmentProvisioner>(provisioner).AddSingleton<IEnvironmentLogs>(provisioner);
        builder.Services.AddSingleton<ISecretProtector, NoSecrets>().AddSingleton(new RegionOptions());
    }

    private static Task<string?> ReadLineAsync() => Task.Factory.StartNew(
        Console.In.ReadLine, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private sealed class NoListeners : ILoopbackListeners
    {
        public ValueTask<LoopbackPorts?> ListenAsync(string environmentId, LoopbackPorts? previous, CancellationToken cancellationToken) => default;

        public ValueTask CloseAsync(string environmentId, CancellationToken cancellationToken) => default;
    }
}
