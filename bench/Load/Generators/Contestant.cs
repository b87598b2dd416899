namespace RestateCloud.Load.Generators;

/// <summary>Somebody who answers the same request as the others.</summary>
/// <param name="Name">In the report.</param>
/// <param name="Target">How it is asked.</param>
/// <param name="ProcessId">The process whose CPU time counts, or null.</param>
internal sealed record Contestant(string Name, LoadTarget Target, int? ProcessId);
