using System.Globalization;

namespace RestateCloud.EndToEnd.Tests.Tunnels;

/// <summary>How long nothing happens on a tunnel: <c>RESTATE_CLOUD_IDLE_SECONDS</c>, 3 unless set; 600 is the time that is promised.</summary>
internal static class IdleTime
{
    public static Task PassesAsync() => Task.Delay(
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("RESTATE_CLOUD_IDLE_SECONDS") ?? "3", CultureInfo.InvariantCulture)),
        TestContext.Current.CancellationToken);
}
