using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Limits;
using RestateCloud.Gateway.Paths;

namespace RestateCloud.Gateway.Listening;

/// <summary>Kestrel's endpoints and the limits that hold before a request reaches the pipeline.</summary>
internal sealed class KestrelConfiguration : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Listen(ProtocolEndPoint.Http1, listen => listen.Protocols = HttpProtocols.Http1);
        options.Listen(ProtocolEndPoint.Http2, listen => listen.Protocols = HttpProtocols.Http2);

        var limits = options.Limits;
        // Room to answer an overlong target in words.
        limits.MaxRequestLineSize = 2 * RequestTarget.MaximumLength;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.MaxRequestHeaderCount = 100;
        limits.MaxRequestBodySize = RequestBodyLimit.Untold;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(30);
        limits.MaxConcurrentConnections = 50_000;
        limits.MaxConcurrentUpgradedConnections = 10_000;
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 100, gracePeriod: TimeSpan.FromSeconds(30));
        // Long polls of one client share a connection.
        limits.Http2.MaxStreamsPerConnection = 1000;
    }
}
