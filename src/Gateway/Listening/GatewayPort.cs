namespace RestateCloud.Gateway.Listening;

/// <summary>Through which port a connection came.</summary>
/// <param name="Role">What is spoken there.</param>
/// <param name="EnvironmentId">The environment that the port belongs to alone, or null for a port shared by all.</param>
public sealed record GatewayPort(PortRole Role, string? EnvironmentId = null);
