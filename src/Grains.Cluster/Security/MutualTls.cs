using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using RestateCloud.Protocols.Tls;

namespace RestateCloud.Grains.Cluster.Security;

/// <summary>Has members show each other certificates, where that is configured.</summary>
internal static class MutualTls
{
    private const string Section = "Cluster:Tls";

    /// <summary>Reads the files, or gives null where TLS is not configured.</summary>
    /// <exception cref="ClusterSettingsException">A file is missing, cannot be read or does not fit the others.</exception>
    public static MemberCertificates? Load(ClusterTlsOptions options)
    {
        (string Name, string Value)[] files =
        [
            (nameof(options.CertificateFile), options.CertificateFile),
            (nameof(options.KeyFile), options.KeyFile),
            (nameof(options.AuthorityFile), options.AuthorityFile),
        ];
        if (files.All(file => file.Value.Length == 0)) return null;
        if (files.FirstOrDefault(file => file.Value.Length == 0) is { Name: { } missing })
            throw new ClusterSettingsException($"{Section}:{missing} is not set: TLS needs a certificate, its key and the authority that signs members.");

        try
        {
            return new(new(Section, options.CertificateFile, options.KeyFile, options.AuthorityFile), TimeProvider.System);
        }
        catch (CertificateFilesException exception)
        {
            throw new ClusterSettingsException(exception.Message, exception);
        }
    }

    /// <summary>TLS on every connection of a silo: those that other silos and gateways open, and those that it opens.</summary>
    public static void AddSiloTls(this IServiceCollection services, MemberCertificates certificates) =>
        services.AddTlsConnections(certificates).AddOptions<SiloConnectionOptions>().Configure<TlsConnections>((connections, tls) =>
        {
            connections.ConfigureSiloInboundConnection(inbound => inbound.Use(next => connection => tls.AcceptAsync(connection, next)));
            connections.ConfigureGatewayInboundConnection(inbound => inbound.Use(next => connection => tls.AcceptAsync(connection, next)));
            connections.ConfigureSiloOutboundConnection(outbound => outbound.Use(next => connection => tls.ConnectAsync(connection, next)));
        });

    /// <summary>TLS on every connection of a gateway to silos.</summary>
    public static void AddClientTls(this IServiceCollection services, MemberCertificates certificates) =>
        services.AddTlsConnections(certificates).AddOptions<ClientConnectionOptions>().Configure<TlsConnections>((connections, tls) =>
            connections.ConfigureConnection(outbound => outbound.Use(next => connection => tls.ConnectAsync(connection, next))));

    private static IServiceCollection AddTlsConnections(this IServiceCollection services, MemberCertificates certificates)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton(certificates).AddSingleton<TlsConnections>();
    }
}
