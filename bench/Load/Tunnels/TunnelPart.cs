namespace RestateCloud.Load.Tunnels;

/// <summary>What of the tunnels' benchmark is run.</summary>
[Flags]
internal enum TunnelPart
{
    /// <summary>Small requests over HTTP/1.1.</summary>
    Http1 = 1,

    /// <summary>Small requests over HTTP/2 in clear text, as restate-server calls services.</summary>
    H2c = 2,

    /// <summary>Large bodies.</summary>
    Bodies = 4,

    /// <summary>All of it.</summary>
    All = Http1 | H2c | Bodies,
}
