namespace RestateCloud.Gateway.Tunnels.Connections;

/// <summary>The connection takes no more requests; the one that was to be sent was not.</summary>
internal sealed class ConnectionGoneException() : IOException("The tunnel's connection is closed or closing.");
