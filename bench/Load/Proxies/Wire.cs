namespace RestateCloud.Load.Proxies;

/// <summary>The protocol on both sides of a proxy.</summary>
internal enum Wire
{
    /// <summary>HTTP/1.1 with keep-alive.</summary>
    Http1,

    /// <summary>HTTP/2 in clear text, with prior knowledge.</summary>
    H2c,
}
