using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RestateCloud.Protocols.Tls;

/// <summary>
/// One among members who know each other by certificates of an authority of their own: what it shows the others and whom it takes for one.
/// </summary>
public sealed class MemberIdentity
{
    private const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;
    private static readonly Oid ForServers = new("1.3.6.1.5.5.7.3.1"), ForClients = new("1.3.6.1.5.5.7.3.2");

    private readonly SslStreamCertificateContext _own;
    private readonly X509Certificate2Collection _authorities;

    private MemberIdentity(SslStreamCertificateContext own, X509Certificate2Collection authorities) => (_own, _authorities) = (own, authorities);

    /// <summary>Its certificate.</summary>
    public X509Certificate2 Certificate => _own.TargetCertificate;

    /// <exception cref="CertificateFilesException">One of the texts cannot be used, or others would not take this for a member today.</exception>
    internal static MemberIdentity Of(MemberCertificateFiles files, MemberPem pem)
    {
        var section = files.Section;
        var own = Parse(
            () => PemCertificates.Own(pem.Certificate, pem.Key), $"{section}:CertificateFile and {section}:KeyFile must name PEM files that belong together");
        var authorities = Parse(() => PemCertificates.All(pem.Authority), $"{section}:AuthorityFile must name a PEM file with the authority");
        using var chain = new X509Chain { ChainPolicy = PemCertificates.TrustIn(authorities) };
        chain.ChainPolicy.ApplicationPolicy.Add(ForServers);
        chain.ChainPolicy.ApplicationPolicy.Add(ForClients);
        chain.ChainPolicy.ExtraStore.AddRange(own.IntermediateCertificates.ToArray());
        return chain.Build(own.TargetCertificate) ? new(own, authorities) : throw new CertificateFilesException(
            $"{section}:CertificateFile must name a certificate for servers and clients, good today, that the authority in {section}:AuthorityFile has signed: "
            + string.Join(", ", chain.ChainStatus.Select(status => status.Status)));
    }

    /// <summary>For taking a connection: who opens it must show a member's certificate that is good for clients.</summary>
    public SslServerAuthenticationOptions ForServer() => new()
    {
        ServerCertificateContext = _own,
        ClientCertificateRequired = true,
        CertificateChainPolicy = PemCertificates.TrustIn(_authorities),
        EnabledSslProtocols = Protocols,
        // Who comes again shows its certificate again: the authority may have changed meanwhile.
        AllowTlsResume = false,
    };

    /// <summary>For opening one: who takes it must show a member's certificate that is good for servers of this name.</summary>
    public SslClientAuthenticationOptions ForClient(string host) => new()
    {
        TargetHost = host,
        ClientCertificateContext = _own,
        CertificateChainPolicy = PemCertificates.TrustIn(_authorities),
        EnabledSslProtocols = Protocols,
        AllowTlsResume = false,
    };

    private static T Parse<T>(Func<T> parse, string wanted)
    {
        try
        {
            return parse();
        }
        catch (CryptographicException exception)
        {
            throw new CertificateFilesException($"{wanted}: {exception.Message}", exception);
        }
    }
}
