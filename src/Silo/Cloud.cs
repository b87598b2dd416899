using RestateCloud.Gateway;
using RestateCloud.Gateway.ControlApi;
using RestateCloud.Gateway.SignIn;
using RestateCloud.Gateway.SignIn.Certificates;
using RestateCloud.Gateway.Tunnels;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Tiers;
using RestateCloud.Provisioning.LocalProcesses;
using RestateCloud.Provisioning.LocalProcesses.Servers;
using RestateCloud.Silo.Data;
using RestateCloud.Silo.FirstRun;
using RestateCloud.Silo.Hosting;

namespace RestateCloud.Silo;

/// <summary>A process of the cloud. On one machine it is the whole: grains, gateway, control API, and environments as processes beside it.</summary>
internal static class Cloud
{
    public static async Task RunAsync(DataFolder data, CloudRole role, string[] settings, CancellationToken cancellationToken)
    {
        var host = await ComposePlainlyAsync(data, role, settings, cancellationToken);
        await using var disposal = (IAsyncDisposable)host;
        if (role != CloudRole.Gateway)
        {
            var packages = host.Services.GetRequiredService<ServerPackages>();
            await packages.GetAsync(packages.Versions[0], cancellationToken);
        }

        await host.StartAsync(cancellationToken);
        if (host is WebApplication app)
        {
            var handOver = new HandOver(app, data);
            await (role == CloudRole.Gateway ? handOver.RunPatientlyAsync(cancellationToken) : handOver.RunAsync(cancellationToken));
        }
        else
        {
            await Console.Out.WriteLineAsync("This silo is ready.");
        }

        await host.WaitForShutdownAsync(cancellationToken);
    }

    private static async Task<IHost> ComposePlainlyAsync(
        DataFolder data, CloudRole role, string[] settings, CancellationToken cancellationToken)
    {
        try
        {
            if (role == CloudRole.Silo) return ComposeSilo(data, settings);

            var app = ComposeGateway(data, role, settings);
            await app.TakeGatewayPortsAsync(cancellationToken);
            return app;
        }
        catch (InvalidOperationException exception)
        {
            // What configuration binding throws for a value of the wrong type; the message names the setting.
            throw new StartupException(exception.Message, exception);
        }
    }

    private static IHost ComposeSilo(DataFolder data, string[] settings)
    {
        var builder = Host.CreateApplicationBuilder(settings);
        builder.AddShared(CloudRole.Silo, data);
        builder.AddEnvironments(data);
        builder.Services.AddSingleton(builder.Configuration.GetSection("Tiers").Get<TierCatalog>() ?? new TierCatalog());
        builder.Services.AddSingleton<ILoopbackListeners, NoLoopbackListeners>();
        builder.Services.AddHostedService<AccountWaker>().AddHostedService<ProvisionerWatcher>();
        return builder.Build();
    }

    private static WebApplication ComposeGateway(DataFolder data, CloudRole role, string[] settings)
    {
        var builder = WebApplication.CreateBuilder(settings);
        builder.AddShared(role, data);
        if (role == CloudRole.All) builder.AddEnvironments(data);
        builder.Services.AddGateway(builder.Configuration).AddControlApi().AddSignIn();
        builder.Services.Configure<HttpsOptions>(https => https.Folder = data.HttpsFolder);
        builder.Services.Configure<TunnelOptions>(tunnels => tunnels.Folder = data.TunnelFolder);
        if (role == CloudRole.All) builder.Services.AddHostedService<AccountWaker>().AddHostedService<ProvisionerWatcher>();
        // A gateway listens while it waits for the first silo, and says that it is not ready.
        else builder.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true);

        var app = builder.Build();
        app.UseGateway();
        app.UseControlApiErrors();
        app.MapControlApi();
        app.MapSignIn();
        return app;
    }

    private static void AddShared(this IHostApplicationBuilder builder, CloudRole role, DataFolder data)
    {
        builder.Logging
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Orleans", LogLevel.Warning)
            // A gateway that waits for the first silo says so itself.
            .AddFilter("Orleans.Messaging.GatewayManager", LogLevel.Error)
            .AddFilter("Yarp", LogLevel.Warning)
            // A start that fails is told in one sentence, not also by the host with a stack trace.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            // It warns that its keys are not encrypted themselves: on one machine there is nothing to encrypt them with that is kept elsewhere.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            .AddSimpleConsole(console => console.SingleLine = true);

        builder.AddSecrets(data);
        builder.AddRegion();
        builder.AddGrains(role, data);
    }

    private static void AddEnvironments(this IHostApplicationBuilder builder, DataFolder data)
    {
        builder.Services.AddLocalProcesses(local =>
        {
            local.DataFolder = data.Path;
            builder.Configuration.GetSection("Local").Bind(local);
        });
        builder.Services.AddOptions<RequestIdentityOptions>()
            .BindConfiguration(RequestIdentityOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
    }
}
