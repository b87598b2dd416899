using System.Net;
using Microsoft.Extensions.Options;

namespace RestateCloud.Gateway.Tunnels.Crossing;

/// <summary>Refuses to start with a crossing that would be open to anybody or lead nowhere.</summary>
internal sealed class CrossingOptionsValidator : IValidateOptions<CrossingOptions>
{
    public ValidateOptionsResult Validate(string? name, CrossingOptions options)
    {
        if (!options.IsOn) return ValidateOptionsResult.Success;
        if (!GatewayAddress.TryParse(options.Address!, out _)) return Fail($"Address '{options.Address}' is not a host, nor host:port.");
        if (options.ListenAddress is { } listen && !IPAddress.TryParse(listen, out _)) return Fail($"ListenAddress '{listen}' is not an IP address.");
        if (options.CertificateFile is null || options.KeyFile is null || options.AuthorityFile is null)
            return Fail("Address needs CertificateFile, KeyFile and AuthorityFile, by which gateways know each other.");

        return ValidateOptionsResult.Success;
    }

    private static ValidateOptionsResult Fail(string message) => ValidateOptionsResult.Fail($"{CrossingOptions.Section}: {message}");
}
