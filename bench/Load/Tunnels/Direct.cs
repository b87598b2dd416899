using RestateCloud.Load.Proxies;

namespace RestateCloud.Load.Tunnels;

/// <summary>No tunnel: the service itself.</summary>
internal sealed class Direct(Service service) : ITunnel
{
    public string Name => "direct";

    public IReadOnlyList<int> ProcessIds => [];

    public Uri UrlOf(Wire wire, string path) => new($"http://127.0.0.1:{service.Port(wire)}/{path}");

    public ValueTask DisposeAsync() => default;
}
