using System.Data.Common;
using System.Net;
using RestateCloud.Grains.Cluster;
using RestateCloud.Grains.Records;
using RestateCloud.Silo.Data;

namespace RestateCloud.Silo.Hosting;

/// <summary>Grains in the silos of an Orleans cluster; configuration section <c>Cluster</c>.</summary>
internal static class GrainHosting
{
    private const string Section = "Cluster";
    private const string PostgreSql = "PostgreSQL";

    /// <exception cref="StartupException">A setting is missing or cannot be used.</exception>
    public static void AddGrains(this IHostApplicationBuilder builder, CloudRole role, DataFolder data)
    {
        var options = Options(builder.Configuration);
        var storage = Storage(builder.Configuration, options);
        if (role == CloudRole.Gateway) builder.AddGrainClient(options, storage);
        else builder.AddGrainSilo(options, storage);
    }

    /// <summary>What grains have stored, while no cloud runs on it.</summary>
    /// <exception cref="StartupException">A setting is missing or cannot be used.</exception>
    public static IGrainRecords Records(IConfiguration configuration, DataFolder data) =>
        Storage(configuration, Options(configuration)).Records;

    /// <summary>Whether the message says all that a person needs to mend it.</summary>
    public static bool IsForPeople(Exception exception) => exception is ClusterStorageException or ClusterSettingsException or DbException;

    private static ClusterGrainsOptions Options(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var options = section.Get<ClusterGrainsOptions>() ?? new ClusterGrainsOptions();
        options.AdvertisedAddress = AddressOf(section[nameof(options.AdvertisedAddress)]);
        return options;
    }

    private static IClusterStorage Storage(IConfiguration configuration, ClusterGrainsOptions options)
    {
        var section = configuration.GetSection(Section);
        var kind = section[nameof(Storage)] ?? PostgreSql;
        return Is(PostgreSql) ? new PostgresStorage(ConnectionString(section), options.ServiceId)
            : Is(AzureStorageKind.Name) ? AzureStorageKind.Open(section.GetSection(AzureStorageKind.Name), options)
            : throw new StartupException($"{Section}:{nameof(Storage)} is '{kind}'; there is {PostgreSql} and {AzureStorageKind.Name}.");

        bool Is(string name) => kind.Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    private static string ConnectionString(IConfigurationSection section) =>
        section[nameof(ConnectionString)] is { Length: > 0 } connectionString
            ? connectionString
            : throw new StartupException($"{Section}:{nameof(ConnectionString)} is not set: the PostgreSQL database of the cluster.");

    private static IPAddress? AddressOf(string? text) =>
        text is null ? null
        : IPAddress.TryParse(text, out var address) ? address
        : throw new StartupException($"{Section}:{nameof(ClusterGrainsOptions.AdvertisedAddress)} is no IP address: {text}");
}
