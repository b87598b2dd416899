using RestateCloud.Grains.Embedded.Tests.Semantics;
using RestateCloud.Grains.Embedded.Tests.Semantics.Grains;

namespace RestateCloud.Grains.Embedded.Tests.Hosts;

/// <summary>What the tests under Semantics/ need of a host; they know nothing else of it, so that they can run on another one.</summary>
public interface IGrainHost : IAsyncDisposable
{
    IGrainFactory Grains { get; }

    /// <summary>Written by the sample grains.</summary>
    Journal Journal { get; }

    /// <summary>Where the sample grains wait for the test.</summary>
    Gates Gates { get; }

    /// <summary>Makes activations of <see cref="LifeGrain"/> fail.</summary>
    Sabotage Sabotage { get; }

    /// <summary>Stops gracefully and starts again over the same storage.</summary>
    /// <param name="away">How far the clock moves in between.</param>
    Task RestartAsync(TimeSpan away = default);

    /// <summary>Moves the clock that reminders go by.</summary>
    Task AdvanceAsync(TimeSpan time);
}

/// <summary>Settings that a test changes.</summary>
public sealed record GrainHostSettings
{
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(15);
}
