namespace RestateCloud.Cli.Tests.Tunnels;

/// <summary>Of a service that speaks HTTP/2.</summary>
public sealed class RelayingHttp2Tests() : RelayingTests(isHttp1: false);
