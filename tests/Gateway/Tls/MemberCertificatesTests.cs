using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Protocols.Tls;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Tls;

public sealed class MemberCertificatesTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly ManualClock _clock = new();
    private readonly List<string> _refusals = [];
    private int _replacements;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_certificate_is_replaced_without_a_restart()
    {
        var files = _authority.NewFiles();
        var certificates = Load(files);
        var first = await certificates.GetAsync(Cancellation);
        using var next = _authority.Issue();
        _authority.Write(next, files);

        Assert.Same(first, await certificates.GetAsync(Cancellation));
        _clock.Advance(MemberCertificates.Freshness);
        Assert.Equal(next.Thumbprint, (await certificates.GetAsync(Cancellation)).Certificate.Thumbprint);
        Assert.Equal(1, _replacements);
    }

    [Fact]
    public async Task Files_that_have_not_changed_are_left_alone()
    {
        var certificates = Load(_authority.NewFiles());
        var first = await certificates.GetAsync(Cancellation);

        _clock.Advance(MemberCertificates.Freshness);

        Assert.Same(first, await certificates.GetAsync(Cancellation));
        Assert.Equal(0, _replacements);
    }

    [Fact]
    public async Task What_cannot_be_used_replaces_nothing_until_it_can()
    {
        var files = _authority.NewFiles();
        var certificates = Load(files);
        var first = await certificates.GetAsync(Cancellation);
        var key = await File.ReadAllTextAsync(files.Key, Cancellation);
        using var next = _authority.Issue();
        _authority.Write(next, files);
        var nextKey = await File.ReadAllTextAsync(files.Key, Cancellation);
        await File.WriteAllTextAsync(files.Key, key, Cancellation);

        // Half of the change is there, as between two files of a copy.
        for (var i = 0; i < 3; i++)
        {
            _clock.Advance(MemberCertificates.Freshness);
            Assert.Same(first, await certificates.GetAsync(Cancellation));
        }

        Assert.Contains("must name PEM files that belong together", Assert.Single(_refusals));
        await File.WriteAllTextAsync(files.Key, nextKey, Cancellation);
        _clock.Advance(MemberCertificates.Freshness);
        Assert.Equal(next.Thumbprint, (await certificates.GetAsync(Cancellation)).Certificate.Thumbprint);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_replaces_nothing()
    {
        using var stranger = new TestAuthority();
        using var theirs = stranger.Issue();
        var files = _authority.NewFiles();
        var certificates = Load(files);
        var first = await certificates.GetAsync(Cancellation);
        stranger.Write(theirs, files);

        _clock.Advance(MemberCertificates.Freshness);

        Assert.Same(first, await certificates.GetAsync(Cancellation));
        Assert.Contains("that the authority in Members:AuthorityFile has signed", Assert.Single(_refusals));
    }

    [Fact]
    public void Certificates_between_the_own_and_the_authority_come_with_it()
    {
        using var between = new TestAuthority(_authority);

        Load(between.NewFiles());
    }

    [Theory]
    [InlineData(TestAuthority.Server)]
    [InlineData(TestAuthority.Client)]
    public void A_certificate_that_is_not_good_for_both_servers_and_clients_is_refused(string purpose)
    {
        using var certificate = _authority.Issue(purpose);
        var files = _authority.NewFiles();
        _authority.Write(certificate, files);

        Refused(files, "a certificate for servers and clients, good today");
    }

    [Fact]
    public void A_certificate_that_has_expired_is_refused()
    {
        using var certificate = _authority.IssueExpired();
        var files = _authority.NewFiles();
        _authority.Write(certificate, files);

        Refused(files, "NotTimeValid");
    }

    [Theory]
    [InlineData("", "there is no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "")]
    public void An_authority_that_is_none_is_refused(string content, string reason)
    {
        var files = _authority.NewFiles();
        File.WriteAllText(files.Authority, content);

        Refused(files, "Members:AuthorityFile must name a PEM file with the authority: ");
        Refused(files, reason);
    }

    private static void Refused(PemFiles files, string reason) => Assert.Contains(
        reason, Assert.Throws<CertificateFilesException>(() => new MemberCertificates(Of(files), TimeProvider.System)).Message, StringComparison.OrdinalIgnoreCase);

    private MemberCertificates Load(PemFiles files)
    {
        var certificates = new MemberCertificates(Of(files), _clock);
        certificates.Replaced += _ => _replacements++;
        certificates.NotReplaced += refusal => _refusals.Add(refusal.Message);
        return certificates;
    }

    private static MemberCertificateFiles Of(PemFiles files) => new("Members", files.Certificate, files.Key, files.Authority);
}
