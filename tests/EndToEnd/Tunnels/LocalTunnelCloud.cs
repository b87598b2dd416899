namespace RestateCloud.EndToEnd.Tests.Tunnels;

/// <summary>The same as a newcomer starts it: its names are below localhost, and no DNS knows of it.</summary>
public sealed class LocalTunnelCloud() : TunnelCloud([]);
