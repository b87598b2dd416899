namespace RestateCloud.Gateway.SignIn.Device;

/// <summary>Keeps which devices wait for their user, for the minutes that they may.</summary>
internal interface IDeviceGrants
{
    /// <summary>A device begins to wait; null when too many do.</summary>
    DeviceCodes? Begin();

    /// <summary>The user lets the device of this code in. False when no device waits under it.</summary>
    bool Approve(string userCode, string userId);

    /// <summary>The device asks. When the user is known, the device is forgotten: the answer is given once.</summary>
    DevicePoll Poll(string deviceCode);
}

/// <summary>The two names of a waiting device.</summary>
/// <param name="DeviceCode">What the device asks with; secret.</param>
/// <param name="UserCode">What its user types.</param>
internal sealed record DeviceCodes(string DeviceCode, string UserCode);

/// <summary>What a device is told.</summary>
/// <param name="State">How far its user is.</param>
/// <param name="UserId">The user, when approved.</param>
internal readonly record struct DevicePoll(DeviceState State, string? UserId = null);

/// <summary>How far the user of a device is.</summary>
internal enum DeviceState
{
    /// <summary>No device of this code, or not any more.</summary>
    Unknown,

    /// <summary>The user did not come in time.</summary>
    Expired,

    /// <summary>The user has not come yet.</summary>
    Pending,

    /// <summary>The device asks too often.</summary>
    TooFast,

    /// <summary>The user has let the device in.</summary>
    Approved,
}
