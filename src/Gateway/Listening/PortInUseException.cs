using System.Net;

namespace RestateCloud.Gateway.Listening;

/// <summary>A configured port cannot be listened on; the message names the port and the setting.</summary>
public sealed class PortInUseException : IOException
{
    internal PortInUseException(PortRole role, IPEndPoint endPoint, Exception innerException)
        : base(
            $"Cannot listen on {endPoint} for {role} ({innerException.Message}): stop what uses port {endPoint.Port}, "
            + $"or set {GatewayOptions.PortsSection}:{role} to another port (0 for any free one).",
            innerException)
    {
    }
}
