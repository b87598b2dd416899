using System.Collections.Immutable;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Grains.Environments;

/// <summary>An environment as its account sees it.</summary>
/// <param name="EnvironmentId"><c>env_…</c></param>
/// <param name="AccountId">The account it belongs to.</param>
/// <param name="Name">Unique in its account.</param>
/// <param name="Region">Where it runs.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="Version">The restate-server version asked for.</param>
/// <param name="RunningVersion">The version that was last seen running, or null before the first start.</param>
/// <param name="Status">Its state.</param>
/// <param name="Reason">Why it is in that state, a sentence.</param>
/// <param name="SigningPublicKey"><c>publickeyv1_…</c>, what its services verify calls with.</param>
/// <param name="IdentityKeys">That key and, during a rotation, the next or the last one.</param>
/// <param name="ApiKeyIds">Its active keys, oldest first.</param>
/// <param name="LoopbackPorts">Its own ports on this machine, or null where it is reached by host name.</param>
/// <param name="ResourceVersion">Rises with every change.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="Conditions">What is known of it, one a kind.</param>
/// <param name="Events">What happened to it, oldest first, the last 100.</param>
[GenerateSerializer, Immutable]
public sealed record EnvironmentDescription(
    string EnvironmentId,
    string AccountId,
    string Name,
    string Region,
    Tier Tier,
    string Version,
    string? RunningVersion,
    EnvironmentStatus Status,
    string Reason,
    string SigningPublicKey,
    ImmutableArray<EnvironmentIdentityKey> IdentityKeys,
    ImmutableArray<string> ApiKeyIds,
    LoopbackPorts? LoopbackPorts,
    long ResourceVersion,
    DateTimeOffset CreatedAt,
    ImmutableArray<EnvironmentCondition> Conditions,
    ImmutableArray<EnvironmentEvent> Events);

/// <summary>One thing that is true, false or unknown of an environment, as Kubernetes does it.</summary>
/// <param name="Type">What it is about: <c>Ready</c>.</param>
/// <param name="Status">Whether it holds; null when it is not known.</param>
/// <param name="Reason">One word in CamelCase, for programs.</param>
/// <param name="Message">A sentence, for people.</param>
/// <param name="LastTransition">When <paramref name="Status"/> last changed.</param>
[GenerateSerializer, Immutable]
public sealed record EnvironmentCondition(string Type, bool? Status, string Reason, string Message, DateTimeOffset LastTransition);

/// <summary>Something that happened to an environment.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">One word in CamelCase, for programs.</param>
/// <param name="Message">A sentence, for people.</param>
/// <param name="ResourceVersion">The version of the environment that it led to.</param>
[GenerateSerializer, Immutable]
public sealed record EnvironmentEvent(DateTimeOffset At, string Reason, string Message, long ResourceVersion);

/// <summary>A line of an environment's log.</summary>
/// <param name="UnixNanos">When, in nanoseconds since 1970.</param>
/// <param name="Line">As the server wrote it.</param>
[GenerateSerializer, Immutable]
public sealed record LogLine(long UnixNanos, string Line);
