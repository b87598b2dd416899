using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Orleans;
using RestateCloud.Cli;
using RestateCloud.Gateway;
using RestateCloud.Gateway.ControlApi;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.SignIn;
using RestateCloud.Gateway.SignIn.Certificates;
using RestateCloud.Gateway.Tunnels;
using RestateCloud.Grains.Embedded;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Regions;
using RestateCloud.Grains.Secrets;
using RestateCloud.Grains.Tokens;
using RestateCloud.Grains.Users;
using RestateCloud.Provisioning.LocalProcesses;
using RestateCloud.Provisioning.LocalProcesses.Servers;
using RestateCloud.Silo.Data;
using RestateCloud.Silo.FirstRun;
using RestateCloud.Silo.Hosting;

namespace RestateCloud.Silo;

/// <summary>The whole cloud in one process: grains, gateway, control API, and environments as processes beside it.</summary>
internal static class Cloud
{
    private const string DefaultFirstUser = "admin@localhost";

    public static async Task RunAsync(DataFolder data, string[] settings, CancellationToken cancellationToken)
    {
        await using var app = await ComposePlainlyAsync(data, settings, cancellationToken);
        var packages = app.Services.GetRequiredService<ServerPackages>();
        await packages.GetAsync(packages.Versions[0], cancellationToken);
        await app.StartAsync(cancellationToken);
        await HandOverAsync(app, data, cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private static async Task<WebApplication> ComposePlainlyAsync(DataFolder data, string[] settings, CancellationToken cancellationToken)
    {
        try
        {
            var app = Compose(data, settings);
            await app.TakeGatewayPortsAsync(cancellationToken);
            return app;
        }
        catch (InvalidOperationException exception)
        {
            // What configuration binding throws for a value of the wrong type; the message names the setting.
            throw new StartupException(exception.Message, exception);
        }
    }

    private static WebApplication Compose(DataFolder data, string[] settings)
    {
        var builder = WebApplication.CreateBuilder(settings);
        builder.Logging
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Yarp", LogLevel.Warning)
            // A start that fails is told in one sentence, not also by the host with a stack trace.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            // It warns that its keys are not encrypted themselves: on one machine there is nothing to encrypt them with that is kept elsewhere.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            .AddSimpleConsole(console => console.SingleLine = true);

        var services = builder.Services;
        services.AddDataProtection()
            .SetApplicationName("restate-cloud")
            .PersistKeysToFileSystem(Directory.CreateDirectory(data.Keys, PrivateFile.FolderMode));
        services.AddSingleton<ISecretProtector, DataProtectionSecretProtector>();
        services.AddSingleton(new RegionOptions { Default = builder.Configuration["Region"] ?? "local" });
        services.AddEmbeddedGrains(grains =>
        {
            grains.DatabasePath = data.Database;
            grains.GrainAssemblies.Add(typeof(IUserGrain).Assembly);
        });
        services.AddLocalProcesses(local =>
        {
            builder.Configuration.GetSection("Local").Bind(local);
            local.DataFolder = data.Path;
        });
        services.AddOptions<RequestIdentityOptions>()
            .BindConfiguration(RequestIdentityOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddGateway(builder.Configuration).AddControlApi().AddSignIn();
        services.Configure<HttpsOptions>(https => https.Folder = data.HttpsFolder);
        services.Configure<TunnelOptions>(tunnels => tunnels.Folder = data.TunnelFolder);
        services.AddHostedService<AccountWaker>().AddHostedService<ProvisionerWatcher>();

        var app = builder.Build();
        app.UseGateway();
        app.UseControlApiErrors();
        app.MapControlApi();
        app.MapSignIn();
        return app;
    }

    private static async Task HandOverAsync(WebApplication app, DataFolder data, CancellationToken cancellationToken)
    {
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        var user = await FirstUser.EnsureAsync(grains, app.Configuration["FirstUser:Email"] ?? DefaultFirstUser, cancellationToken);
        var token = await grains.GetGrain<ITokenIssuerGrain>(ITokenIssuerGrain.Key)
            .IssueAsync(user.UserId, AccessTokens.MaximumLifetime, cancellationToken);

        var ports = app.Services.GetRequiredService<GatewayPorts>();
        var first = new FirstRunFile(
            ApiBaseUrl: Url(ports.Api),
            IngressBaseUrl: Url(ports.Ingress),
            AdminBaseUrl: Url(ports.Admin),
            ProxyBaseUrl: Url(ports.TunnelProxy),
            user.UserId,
            user.Email,
            token);
        var cli = new CliFolder(data);
        await cli.WriteAsync(first, cancellationToken);
        await PrivateFile.WriteAsync(data.FirstRunFile, first.ToJson(), cancellationToken);

        var regions = app.Services.GetRequiredService<RegionOptions>();
        var domain = $"env.{regions.Default}.{app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.Domain}";
        await Console.Out.WriteLineAsync(Welcome.Text(first, user, cli, data.Path, domain));

        static string Url(int port) => $"http://127.0.0.1:{port}";
    }
}
