using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Provisioning.LocalProcesses.Environments;

namespace RestateCloud.Provisioning.LocalProcesses.Servers;

/// <summary>
/// What a restate-server is told, as environment variables: they are Restate's configuration keys in capitals, nested by <c>__</c>.
/// </summary>
internal static class ServerSettings
{
    /// <summary>
    /// Where the server finds its identity key: a memory file that is its standard input, see <see cref="ServerLauncher"/>.
    /// </summary>
    private const string KeyPath = "/proc/self/fd/0";

    /// <summary>The settings that follow from the spec.</summary>
    /// <param name="spec">What the environment is to be.</param>
    /// <param name="more">Variables of the operator's own.</param>
    public static SortedDictionary<string, string> Of(EnvironmentSpec spec, IEnumerable<KeyValuePair<string, string>> more)
    {
        var limits = spec.Limits;
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in more) settings[name] = value;

        settings["RESTATE_CLUSTER_NAME"] = spec.EnvironmentId;
        settings["RESTATE_NODE_NAME"] = EnvironmentFolder.NodeName;
        settings["RESTATE_BASE_DIR"] = ".";
        settings["RESTATE_LISTEN_MODE"] = "unix";
        // The server calls itself by this address; by default that is an absolute path, which may be too long for a socket.
        settings["RESTATE_ADVERTISED_ADDRESS"] = $"unix:{EnvironmentFolder.NodeName}/fabric.sock";
        settings["RESTATE_DEFAULT_NUM_PARTITIONS"] = Number(limits.Partitions);
        settings["RESTATE_ROCKSDB_TOTAL_MEMORY_SIZE"] = Number(limits.RocksDbBytes);
        // By default up to 1 GiB and 250 MiB, whatever RocksDB gets.
        settings["RESTATE_ADMIN__QUERY_ENGINE__MEMORY_SIZE"] = Number(limits.RocksDbBytes);
        settings["RESTATE_BIFROST__RECORD_CACHE_MEMORY_SIZE"] = Number(limits.RocksDbBytes / 4);
        settings["RESTATE_LOG_FORMAT"] = "json";
        // Without octocrab: the server looks for newer versions on the internet at each start, and offline that is an error in its log. Nor
        // with failed queries, of which who asks is told: health checks are among them until partitions have leaders.
        settings["RESTATE_LOG_FILTER"] = "warn,restate=info,restate_admin::query_utils=error,octocrab=off";
        // Tenants of a self-hosted cloud did not agree to reports about their deployments to somebody else.
        settings["RESTATE_DISABLE_TELEMETRY"] = "true";
        settings["RESTATE_SHUTDOWN_TIMEOUT"] = "8s";

        // What a tenant's role in AWS asks for (sts:ExternalId) before it lets this environment call a Lambda function.
        if (IsBefore17(spec.Version))
        {
            settings["RESTATE_AWS_ASSUME_ROLE_EXTERNAL_ID"] = spec.EnvironmentId;
            settings["RESTATE_REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE"] = KeyPath;
        }
        else
        {
            settings["RESTATE_WORKER__INVOKER__AWS_ASSUME_ROLE_EXTERNAL_ID"] = spec.EnvironmentId;
            settings["RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE"] = KeyPath;
            settings["RESTATE_WORKER__INVOKER__MEMORY_LIMIT"] = Number(limits.InvokerBytes);
        }

        return settings;
    }

    /// <summary>A short name of a version, an identity key and settings: a server with another one is not what was asked for.</summary>
    public static string Revision(EnvironmentSpec spec, IReadOnlyDictionary<string, string> settings)
    {
        var text = string.Join('\n', [spec.Version, spec.SigningPublicKey, .. settings.Select(setting => $"{setting.Key}={setting.Value}")]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }

    private static bool IsBefore17(string version) => Version.TryParse(version.Split('-')[0], out var parsed) && parsed < new Version(1, 7);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
