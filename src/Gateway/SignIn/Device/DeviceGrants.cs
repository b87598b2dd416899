using Microsoft.Extensions.Options;
using RestateCloud.Grains.SignIn;

namespace RestateCloud.Gateway.SignIn.Device;

/// <summary>Devices that wait for their user, for the minutes that they may, at whichever gateway either comes.</summary>
internal sealed class DeviceGrants(IGrainFactory grains, IOptions<SignInOptions> options)
{
    private const char PartEnd = '.';

    /// <summary>A device begins to wait; null when too many do.</summary>
    public async Task<DeviceCodes?> BeginAsync(CancellationToken cancellationToken)
    {
        var userCode = UserCode.New();
        var userHash = SignInHash.Of(userCode);
        // What the device asks with says where it waits, for which it need not know its user's code.
        var deviceCode = $"{SignInHash.PartOf(userHash)}{PartEnd}{OneTimeSecret.New()}";
        var lifetime = TimeSpan.FromSeconds(options.Value.DeviceSeconds);
        return await Grain(SignInHash.PartOf(userHash)).BeginAsync(SignInHash.Of(deviceCode), userHash, lifetime, cancellationToken)
            ? new(deviceCode, userCode)
            : null;
    }

    /// <summary>The user lets the device of this code in. False when no device waits under it.</summary>
    public Task<bool> ApproveAsync(string userCode, string userId, CancellationToken cancellationToken)
    {
        var userHash = SignInHash.Of(userCode);
        return Grain(SignInHash.PartOf(userHash)).ApproveAsync(userHash, userId, cancellationToken);
    }

    /// <summary>The device asks. When the user is known, the device is forgotten: the answer is given once.</summary>
    public async Task<DevicePoll> PollAsync(string deviceCode, CancellationToken cancellationToken)
    {
        var end = deviceCode.IndexOf(PartEnd);
        if (end < 0 || !SignInHash.IsPart(deviceCode.AsSpan(0, end))) return new(DeviceState.Unknown);

        var interval = TimeSpan.FromSeconds(options.Value.DeviceIntervalSeconds);
        return await Grain(deviceCode[..end]).PollAsync(SignInHash.Of(deviceCode), interval, cancellationToken);
    }

    private IDeviceGrantsGrain Grain(string part) => grains.GetGrain<IDeviceGrantsGrain>(part);
}

/// <summary>The two names of a waiting device.</summary>
/// <param name="DeviceCode">What the device asks with; secret.</param>
/// <param name="UserCode">What its user types.</param>
internal sealed record DeviceCodes(string DeviceCode, string UserCode)
{
    /// <summary>Leaves the device code out.</summary>
    public override string ToString() => UserCode;
}
