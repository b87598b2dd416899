using Microsoft.Extensions.DependencyInjection.Extensions;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Provisioning.LocalProcesses.Logs;
using RestateCloud.Provisioning.LocalProcesses.Servers;
using RestateCloud.Provisioning.Packages;

namespace RestateCloud.Provisioning.LocalProcesses;

/// <summary>Registers environments as processes of this machine.</summary>
public static class LocalProcessServices
{
    /// <summary>
    /// Adds <see cref="IEnvironmentProvisioner"/>, <see cref="IEnvironmentLogs"/>, <see cref="ServerPackages"/> and what looks after the
    /// servers. Needs an <see cref="Grains.Secrets.ISecretProtector"/>; prints downloads on standard output unless an
    /// <see cref="IFetchProgress"/> is registered. The servers go on when this process ends: a service manager that ends a service with all
    /// its processes must be told not to (systemd: <c>KillMode=process</c>).
    /// </summary>
    public static IServiceCollection AddLocalProcesses(this IServiceCollection services, Action<LocalProcessOptions> configure)
    {
        var options = new LocalProcessOptions();
        configure(options);
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IFetchProgress, ConsoleFetchProgress>();
        services.AddSingleton(
            provider => new PackageCache(options.PackageCache, provider.GetRequiredService<IFetchProgress>(), options.Npm));
        services.AddSingleton<ServerPackages>();
        services.AddSingleton<LocalProcessProvisioner>();
        services.AddSingleton<IEnvironmentProvisioner>(provider => provider.GetRequiredService<LocalProcessProvisioner>());
        services.AddSingleton<IEnvironmentLogs, LocalEnvironmentLogs>();
        services.AddHostedService<Supervisor>();
        services.AddHostedService<LogRotator>();
        return services;
    }
}
