using System.Net;
using Microsoft.Extensions.Logging;

namespace RestateCloud.Grains.Cluster.Security;

internal sealed partial class TlsConnections
{
    [LoggerMessage(LogLevel.Warning, "A connection from {Remote} was not let in: {Reason}")]
    private partial void LogRefused(EndPoint? remote, string reason);

    [LoggerMessage(LogLevel.Information, "Members are shown another certificate from here on, good until {End:u}")]
    private partial void LogReplaced(DateTime end);

    [LoggerMessage(LogLevel.Warning, "The files of Cluster:Tls have changed and are not used: {Reason}")]
    private partial void LogNotReplaced(string reason);
}
