using RestateCloud.Load.Proxies;

namespace RestateCloud.Load.Tunnels;

/// <summary>A way to the service.</summary>
internal interface ITunnel : IAsyncDisposable
{
    /// <summary>In the report.</summary>
    string Name { get; }

    /// <summary>The processes of both ends.</summary>
    IReadOnlyList<int> ProcessIds { get; }

    /// <summary>Where the service is asked for a path through it.</summary>
    Uri UrlOf(Wire wire, string path);
}
