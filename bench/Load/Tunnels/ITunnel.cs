using RestateCloud.Load.Proxies;

namespace RestateCloud.Load.Tunnels;

/// <summary>A way to the service.</summary>
internal interface ITunnel : IAsyncDisposable
{
    /// <summary>In the report.</summary>
    string Name { get; }

    /// <summary>The processes of both ends.</summary>
    IReadOnlyList<int> ProcessIds { get; }

    /// <summary>How to ask the service for a path through it, just now.</summary>
    Task<TunnelAddress> AddressAsync(Wire wire, string path, CancellationToken cancellationToken);
}

/// <summary>What a tunnel has to be asked with.</summary>
internal sealed record TunnelAddress(Uri Url, IReadOnlyList<(string Name, string Value)> Headers);
