using RestateCloud.Grains.Provisioning;
using RestateCloud.Grains.Secrets;
using RestateCloud.Provisioning.LocalProcesses.Servers;

namespace RestateCloud.Provisioning.LocalProcesses.Environments;

/// <summary>What all environments of a data folder share.</summary>
/// <param name="EnvironmentsFolder">Where they lie: absolute and without links, as the kernel names working folders.</param>
/// <param name="Options">Numbers.</param>
/// <param name="Packages">Programs.</param>
/// <param name="Slots">Who may start.</param>
/// <param name="Changes">Who is told of changes.</param>
/// <param name="Secrets">Opens identity keys.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">For the operator.</param>
internal sealed record LocalServices(
    string EnvironmentsFolder,
    LocalProcessOptions Options,
    ServerPackages Packages,
    StartSlots Slots,
    ChangeFeed Changes,
    ISecretProtector Secrets,
    TimeProvider Time,
    ILogger Logger)
{
    /// <summary>The environment's identity key, one PEM.</summary>
    public string OpenKey(EnvironmentSpec spec) => Secrets.Unprotect(SecretPurpose.SigningKey(spec.EnvironmentId), spec.SigningKey);
}
