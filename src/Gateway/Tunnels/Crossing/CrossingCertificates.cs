using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RestateCloud.Protocols.Tls;

namespace RestateCloud.Gateway.Tunnels.Crossing;

/// <summary>What gateways show themselves with and what they trust: certificates of one authority, and no other, whatever the machine trusts.</summary>
internal sealed partial class CrossingCertificates
{
    private readonly CrossingOptions _options;
    private readonly ILogger _logger;
    private readonly Lazy<MemberCertificates> _certificates;

    public CrossingCertificates(IOptions<CrossingOptions> options, TimeProvider clock, ILogger<CrossingCertificates> logger)
    {
        (_options, _logger) = (options.Value, logger);
        _certificates = new(() => Read(clock));
    }

    /// <summary>Reads the files and makes sure that the other gateways will take this one for what it is.</summary>
    /// <exception cref="OptionsValidationException">They cannot be read or do not belong together, or are not for this gateway.</exception>
    public void Load()
    {
        try
        {
            _ = _certificates.Value;
        }
        catch (CertificateFilesException exception)
        {
            throw new OptionsValidationException(CrossingOptions.Section, typeof(X509Certificate2), [exception.Message]);
        }
    }

    /// <summary>For taking a connection: the other side must show a certificate of the authority that is good for clients.</summary>
    public async ValueTask<SslServerAuthenticationOptions> ForServerAsync(CancellationToken cancellationToken) =>
        (await _certificates.Value.GetAsync(cancellationToken)).ForServer();

    /// <summary>For making one: the other side must show a certificate of the authority that is good for servers of this name.</summary>
    public async ValueTask<SslClientAuthenticationOptions> ForClientAsync(string host, CancellationToken cancellationToken)
    {
        var options = (await _certificates.Value.GetAsync(cancellationToken)).ForClient(host);
        options.ApplicationProtocols = [SslApplicationProtocol.Http2];
        return options;
    }

    private MemberCertificates Read(TimeProvider clock)
    {
        var files = new MemberCertificateFiles(CrossingOptions.Section, _options.CertificateFile!, _options.KeyFile!, _options.AuthorityFile!);
        var certificates = new MemberCertificates(files, clock, ObjectionTo);
        certificates.Replaced += identity => LogReplaced(identity.Certificate.NotAfter);
        certificates.NotReplaced += exception => LogNotReplaced(exception.Message);
        return certificates;
    }

    private string? ObjectionTo(MemberIdentity identity) =>
        GatewayAddress.TryParse(_options.Address!, out var address) && !identity.Certificate.MatchesHostname(address.Host, allowCommonName: false)
            ? $"{CrossingOptions.Section}:CertificateFile must name a certificate for {address.Host}, the host in Address."
            : null;

    [LoggerMessage(LogLevel.Information, "Gateways are shown another certificate from here on, good until {End:u}")]
    private partial void LogReplaced(DateTime end);

    [LoggerMessage(LogLevel.Warning, "The files of certificates have changed and are not used: {Reason}")]
    private partial void LogNotReplaced(string reason);
}
