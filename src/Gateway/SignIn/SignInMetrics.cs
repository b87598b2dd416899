using System.Diagnostics.Metrics;

namespace RestateCloud.Gateway.SignIn;

/// <summary>Meter <c>RestateCloud.SignIn</c>: how attempts to sign in end. A rise of wrong ones is somebody guessing.</summary>
internal sealed class SignInMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _attempts = meters.Create("RestateCloud.SignIn")
        .CreateCounter<long>("restate_cloud.sign_in.attempts", "{attempt}", "Attempts to sign in with a password, by outcome.");

    /// <summary>An attempt has ended.</summary>
    /// <param name="outcome"><c>signed_in</c>, <c>wrong</c> or <c>limited</c>.</param>
    public void Attempt(string outcome) => _attempts.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
