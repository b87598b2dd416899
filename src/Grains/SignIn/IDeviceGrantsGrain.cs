namespace RestateCloud.Grains.SignIn;

/// <summary>
/// Which devices wait for their user, whichever gateway they began at. There are many of these grains, each with the devices whose users' code
/// falls into its part; see <see cref="SignInHash.PartOf"/>. Codes themselves never come here, only their hashes.
/// </summary>
public interface IDeviceGrantsGrain : IGrainWithStringKey
{
    /// <summary>Devices that may wait in one part.</summary>
    const int Capacity = 40;

    /// <summary>A device begins to wait. Durable when it returns.</summary>
    /// <param name="deviceHash">The hash of what it asks with.</param>
    /// <param name="userHash">The hash of what its user types.</param>
    /// <param name="lifetime">How long it waits. It is remembered for as long again, so that it hears that this is over.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when too many wait already, or one under this code.</returns>
    Task<bool> BeginAsync(string deviceHash, string userHash, TimeSpan lifetime, CancellationToken cancellationToken = default);

    /// <summary>A user lets the device of this code in. Durable when it returns.</summary>
    /// <returns>False when no device waits under it, or another user has let it in.</returns>
    Task<bool> ApproveAsync(string userHash, string userId, CancellationToken cancellationToken = default);

    /// <summary>The device asks. When the user is known the device is forgotten before the answer is given: it is given once.</summary>
    /// <param name="deviceHash">The hash of what it asks with.</param>
    /// <param name="interval">The time that it is to leave between two questions.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<DevicePoll> PollAsync(string deviceHash, TimeSpan interval, CancellationToken cancellationToken = default);
}

/// <summary>What a device is told.</summary>
/// <param name="State">How far its user is.</param>
/// <param name="UserId">The user, when approved.</param>
[GenerateSerializer, Immutable]
public sealed record DevicePoll(DeviceState State, string? UserId = null);

/// <summary>How far the user of a device is.</summary>
public enum DeviceState
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
