using System.Text.RegularExpressions;

namespace RestateCloud.Grains.Cluster.Azure.Accounts;

/// <summary>What a service's container and tables are called in its account.</summary>
internal sealed partial record AccountNames(string Container, string Silos, string Reminders)
{
    // A container's name has at most 63 characters and a table's too, of which "reminders" takes some.
    private const int LongestServiceId = 50;
    private const int LongestClusterId = 255;

    /// <exception cref="ClusterSettingsException">An id cannot be part of such a name.</exception>
    public static AccountNames Of(ClusterGrainsOptions options)
    {
        if (options.ServiceId.Length is < 3 or > LongestServiceId || !ServiceId.IsMatch(options.ServiceId))
        {
            throw new ClusterSettingsException(
                $"Cluster:ServiceId names a container and tables in Azure Storage: 3 to {LongestServiceId} lower-case letters, digits and single "
                + "hyphens, a letter first.");
        }

        if (options.ClusterId.Length is 0 or > LongestClusterId || NoKey.IsMatch(options.ClusterId))
        {
            throw new ClusterSettingsException(
                $"Cluster:ClusterId is a key in Azure Storage: 1 to {LongestClusterId} characters, none of / \\ # ? and no control characters.");
        }

        var table = options.ServiceId.Replace("-", "");
        return new AccountNames(options.ServiceId, $"{table}silos", $"{table}reminders");
    }

    [GeneratedRegex(@"^[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex ServiceId { get; }

    [GeneratedRegex(@"[/\\#?\p{Cc}]")]
    private static partial Regex NoKey { get; }
}
