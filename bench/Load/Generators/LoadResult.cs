namespace RestateCloud.Load.Generators;

/// <summary>One run of a load generator; every answer was a success.</summary>
/// <param name="Requests">How many were answered.</param>
/// <param name="RequestsPerSecond">Answers a second.</param>
/// <param name="MedianLatency">Half were answered at least this fast.</param>
/// <param name="TailLatency">99 of 100 were.</param>
internal sealed record LoadResult(long Requests, double RequestsPerSecond, TimeSpan MedianLatency, TimeSpan TailLatency);
