namespace RestateCloud.Cli.Tests.Tunnels;

/// <summary>Of a service that speaks HTTP/1.1.</summary>
public sealed class RelayingHttp1Tests() : RelayingTests(isHttp1: true);
