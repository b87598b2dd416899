namespace RestateCloud.Load.Environments;

/// <summary>An environment that a benchmark has created.</summary>
/// <param name="AccountId">Its account.</param>
/// <param name="Id"><c>env_…</c></param>
/// <param name="Ingress">Its own ingress port.</param>
/// <param name="Admin">Its own admin port.</param>
/// <param name="CreationTime">From the request to create it until DescribeEnvironment said ACTIVE.</param>
internal sealed record LoadEnvironment(string AccountId, string Id, Uri Ingress, Uri Admin, TimeSpan CreationTime);
