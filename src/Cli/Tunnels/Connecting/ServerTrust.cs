using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RestateCloud.Protocols.Tls;

namespace RestateCloud.Cli.Tunnels.Connecting;

/// <summary>Which tunnel servers are trusted: those that an authority given here vouches for, or else one that the system trusts.</summary>
internal sealed class ServerTrust
{
    private readonly X509Certificate2Collection? _authorities;

    private ServerTrust(X509Certificate2Collection? authorities) => _authorities = authorities;

    /// <summary>Trusts what the system does, <c>SSL_CERT_FILE</c> included.</summary>
    public static ServerTrust System { get; } = new(null);

    /// <summary>Trusts the authorities in a PEM text, and no other.</summary>
    /// <param name="pem">The text.</param>
    /// <param name="source">Where it is from, for the error.</param>
    /// <exception cref="CommandException">There is no certificate in it.</exception>
    public static ServerTrust Only(string pem, string source)
    {
        try
        {
            return new(PemCertificates.All(pem));
        }
        catch (CryptographicException)
        {
            throw new CommandException($"There is no certificate in {source}: it must be a PEM file with the authority's.");
        }
    }

    /// <summary>Shakes hands, with ALPN h2.</summary>
    /// <exception cref="UntrustedServerException">The server's certificate is not trusted, or is not for its name.</exception>
    /// <exception cref="AuthenticationException">It speaks no TLS that suits.</exception>
    /// <exception cref="IOException">It went away.</exception>
    public async Task AuthenticateAsync(SslStream stream, TunnelServer server, CancellationToken cancellationToken)
    {
        var errors = SslPolicyErrors.None;
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = server.Host,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            CertificateChainPolicy =
                _authorities is null ? new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck } : PemCertificates.TrustIn(_authorities),
            RemoteCertificateValidationCallback = (_, _, _, found) => (errors = found) == SslPolicyErrors.None,
        };
        try
        {
            await stream.AuthenticateAsClientAsync(options, cancellationToken);
        }
        catch (AuthenticationException) when (errors != SslPolicyErrors.None)
        {
            throw new UntrustedServerException(server, errors);
        }
    }
}

/// <summary>The tunnel server is not who it should be. Trying again would not change that.</summary>
internal sealed class UntrustedServerException(TunnelServer server, SslPolicyErrors errors) : Exception(
    errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
        ? $"The certificate of the tunnel server {server} is for another name."
        : $"The certificate of the tunnel server {server} is not trusted: give the file of the authority that signed it with --ca FILE, on the cloud's machine DATA/tunnel/authority.pem.");
