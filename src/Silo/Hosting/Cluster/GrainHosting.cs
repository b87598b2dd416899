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

    /// <exception cref="StartupException">A setting is missing or cannot be used.</exception>
    public static void AddGrains(this IHostApplicationBuilder builder, CloudRole role, DataFolder data)
    {
        var options = Options(builder.Configuration);
        if (role == CloudRole.Gateway) builder.AddGrainClient(options);
        else builder.AddGrainSilo(options);
    }

    /// <summary>What grains have stored, while no cloud runs on it.</summary>
    /// <exception cref="StartupException">A setting is missing or cannot be used.</exception>
    public static IGrainRecords Records(IConfiguration configuration, DataFolder data) => new ClusterDatabaseRecords(Options(configuration));

    /// <summary>Whether the message says all that a person needs to mend it.</summary>
    public static bool IsForPeople(Exception exception) => exception is ClusterDatabaseException or ClusterSettingsException or DbException;

    private static ClusterGrainsOptions Options(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var options = section.Get<ClusterGrainsOptions>() ?? new ClusterGrainsOptions();
        if (options.ConnectionString.Length == 0)
            throw new StartupException($"{Section}:{nameof(options.ConnectionString)} is not set: the PostgreSQL database of the cluster.");

        options.AdvertisedAddress = AddressOf(section[nameof(options.AdvertisedAddress)]);
        return options;
    }

    private static IPAddress? AddressOf(string? text) =>
        text is null ? null
        : IPAddress.TryParse(text, out var address) ? address
        : throw new StartupException($"{Section}:{nameof(ClusterGrainsOptions.AdvertisedAddress)} is no IP address: {text}");
}
