using System.Net;
using Microsoft.Extensions.Options;

namespace RestateCloud.Gateway;

/// <summary>Refuses to start with settings that cannot work.</summary>
internal sealed class GatewayOptionsValidator : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        if (!IPAddress.TryParse(options.ListenAddress, out _)) return Fail($"ListenAddress '{options.ListenAddress}' is not an IP address.");
        if (Uri.CheckHostName(options.Domain) != UriHostNameType.Dns) return Fail($"Domain '{options.Domain}' is not a host name.");
        if (Uri.CheckHostName(options.Region) != UriHostNameType.Dns) return Fail($"Region '{options.Region}' is not a host name label.");
        if (options.PublicScheme is not ("http" or "https")) return Fail($"PublicScheme '{options.PublicScheme}' is neither http nor https.");

        int[] ports = [options.Ports.Api, options.Ports.Ingress, options.Ports.Admin, options.Ports.TunnelProxy, options.Ports.Tunnel, options.Ports.Crossing];
        foreach (var port in ports)
        {
            if (port is < 0 or > ushort.MaxValue) return Fail($"{GatewayOptions.PortsSection}: {port} is not a port (0 to 65535).");
        }

        return ValidateOptionsResult.Success;
    }

    private static ValidateOptionsResult Fail(string message) => ValidateOptionsResult.Fail(message);
}
