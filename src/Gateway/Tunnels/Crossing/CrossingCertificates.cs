using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.SignIn.Certificates;

namespace RestateCloud.Gateway.Tunnels.Crossing;

/// <summary>What gateways show themselves with and what they trust: certificates of one authority, and no other, whatever the machine trusts.</summary>
internal sealed class CrossingCertificates(IOptions<CrossingOptions> options)
{
    private readonly Lazy<X509Certificate2> _own = new(() => ConfiguredCertificate.Load(
        CrossingOptions.Section, options.Value.CertificateFile!, options.Value.KeyFile));

    private readonly Lazy<X509Certificate2Collection> _authorities = new(() => LoadAuthorities(options.Value.AuthorityFile!));

    /// <summary>Reads the files and makes sure that the other gateways will take this one for what it is.</summary>
    /// <exception cref="OptionsValidationException">They cannot be read or do not belong together, or are not for this gateway.</exception>
    public void Load()
    {
        using var chain = new X509Chain { ChainPolicy = Policy() };
        if (!chain.Build(_own.Value)) throw Unusable("CertificateFile must be a certificate that the authority in AuthorityFile has signed, good today.");
        if (GatewayAddress.TryParse(options.Value.Address!, out var address) && !_own.Value.MatchesHostname(address.Host, allowCommonName: false))
            throw Unusable($"CertificateFile must be a certificate for {address.Host}, the host in Address.");
    }

    /// <summary>For taking a connection: the other side must show a certificate of the authority that is good for clients.</summary>
    public SslServerAuthenticationOptions ForServer() => new()
    {
        ServerCertificate = _own.Value,
        ClientCertificateRequired = true,
        CertificateChainPolicy = Policy(),
    };

    /// <summary>For making one: the other side must show a certificate of the authority that is good for servers of this name.</summary>
    public SslClientAuthenticationOptions ForClient(string host) => new()
    {
        TargetHost = host,
        ClientCertificates = [_own.Value],
        // The server names the authorities it takes, and a certificate made by hand may say its issuer otherwise: there is but one to show.
        LocalCertificateSelectionCallback = (_, _, _, _, _) => _own.Value,
        ApplicationProtocols = [SslApplicationProtocol.Http2],
        CertificateChainPolicy = Policy(),
    };

    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            // A stranger's certificate may say where its issuer is to be had, and nobody is sent there.
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(_authorities.Value);
        return policy;
    }

    private static X509Certificate2Collection LoadAuthorities(string file)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(file);
            return authorities.Count > 0 ? authorities : throw new CryptographicException("it holds no certificate.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Unusable($"AuthorityFile must name a PEM file with the authority: {exception.Message}");
        }
    }

    private static OptionsValidationException Unusable(string why) =>
        new(CrossingOptions.Section, typeof(X509Certificate2), [$"{CrossingOptions.Section}:{why}"]);
}
