namespace RestateCloud.Gateway.SignIn.Device;

/// <summary>What a device shows its user and asks with (RFC 8628, section 3.2). CLI 1.7 needs every field.</summary>
/// <param name="DeviceCode">What the device asks with.</param>
/// <param name="UserCode">What the user types.</param>
/// <param name="VerificationUri">Where the user types it.</param>
/// <param name="VerificationUriComplete">The same with the code filled in.</param>
/// <param name="ExpiresIn">Seconds that the user has.</param>
/// <param name="Interval">Seconds to leave between two questions.</param>
internal sealed record DeviceAuthorization(
    string DeviceCode, string UserCode, string VerificationUri, string VerificationUriComplete, int ExpiresIn, int Interval)
{
    /// <summary>Leaves the device code out.</summary>
    public override string ToString() => UserCode;
}
