using System.Net;

namespace RestateCloud.Gateway.Tunnels.Crossing;

/// <summary>
/// Calls that enter at one gateway and whose tunnel another one holds. Configuration section <c>Tunnels:Crossing</c>; the port is
/// <c>Ports:Crossing</c>. Gateways know each other by certificates of an authority that signs for them alone (mutual TLS): a shared secret
/// would show who calls but leave what tenants say to each other in the clear, and would be worth stealing from either end.
/// </summary>
public sealed class CrossingOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Tunnels:Crossing";

    /// <summary>
    /// Where the other gateways reach this one: a host name or IP address that its certificate is for, with <c>:port</c> where that is not
    /// the one listened on. Null: this gateway takes no calls from others and hands none over.
    /// </summary>
    public string? Address { get; set; }

    /// <summary>The IP address to listen on, or null for that of the shared ports.</summary>
    public string? ListenAddress { get; set; }

    /// <summary>A PEM file with this gateway's certificate, with which it shows itself as server and as client.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The PEM file with its private key.</summary>
    public string? KeyFile { get; set; }

    /// <summary>A PEM file with the authority. Whoever has a certificate of it is a gateway of this cloud.</summary>
    public string? AuthorityFile { get; set; }

    internal bool IsOn => Address is not null;

    internal IPAddress? ListenOn => ListenAddress is null ? null : IPAddress.Parse(ListenAddress);
}
