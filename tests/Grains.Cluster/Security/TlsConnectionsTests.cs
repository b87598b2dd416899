using System.Buffers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.Cluster.Security;
using RestateCloud.Protocols.Tls;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Cluster.Tests.Security;

/// <summary>What stands between Orleans and whoever reaches a member's ports.</summary>
public sealed class TlsConnectionsTests : IAsyncDisposable
{
    private readonly TestAuthority _authority = new(), _stranger = new();
    private readonly ManualClock _clock = new();
    private readonly ConnectionPair _pair = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _pair.DisposeAsync();
        _authority.Dispose();
        _stranger.Dispose();
    }

    [Fact]
    public async Task Members_exchange_what_they_like_in_either_direction()
    {
        var sent = RandomNumberGenerator.GetBytes(3_000_000);
        var received = new ArrayBufferWriter<byte>();

        var serving = Member().AcceptAsync(_pair.Server, EchoAsync);
        await Member().ConnectAsync(_pair.Client, async connection =>
        {
            var writing = connection.Transport.Output.WriteAsync(sent, Cancellation);
            while (received.WrittenCount < sent.Length)
            {
                var read = await connection.Transport.Input.ReadAsync(Cancellation);
                foreach (var segment in read.Buffer) received.Write(segment.Span);
                connection.Transport.Input.AdvanceTo(read.Buffer.End);
            }

            await writing;
        });

        Assert.Equal(sent, received.WrittenMemory);
        await _pair.Client.DisposeAsync();
        await serving;
    }

    [Theory]
    [InlineData("none")]
    [InlineData("of another authority")]
    [InlineData("for servers only")]
    [InlineData("expired")]
    public async Task Who_has_no_certificate_of_a_member_is_not_let_in(string kind)
    {
        using var certificate = kind switch
        {
            "none" => null,
            "for servers only" => _authority.Issue(TestAuthority.Server),
            "expired" => _authority.IssueExpired(),
            _ => _stranger.Issue(),
        };
        var serving = Member().AcceptAsync(_pair.Server, NobodyAsync);
        await using var intruder = new SslStream(new TransportStream(_pair.Client.Transport));

        await ShakeHandsAsync(intruder, certificate);

        await serving;
    }

    [Theory]
    [InlineData("of another authority")]
    [InlineData("for clients only")]
    [InlineData("expired")]
    public async Task Nobody_is_connected_to_who_has_no_certificate_of_a_member(string kind)
    {
        using var certificate = kind switch
        {
            "for clients only" => _authority.Issue(TestAuthority.Client),
            "expired" => _authority.IssueExpired(),
            _ => _stranger.Issue(),
        };
        await using var impostor = new SslStream(new TransportStream(_pair.Server.Transport));
        var serving = impostor.AuthenticateAsServerAsync(certificate);

        var refusal = await Assert.ThrowsAsync<AuthenticationException>(() => Member().ConnectAsync(_pair.Client, NobodyAsync));

        Assert.Contains("certificate", refusal.Message);
        await Task.WhenAny(serving);
    }

    [Fact]
    public async Task Who_speaks_something_else_is_not_let_in()
    {
        var serving = Member().AcceptAsync(_pair.Server, NobodyAsync);

        await _pair.Client.Transport.Output.WriteAsync(new byte[100], Cancellation);

        await serving;
    }

    [Fact]
    public async Task Versions_of_tls_before_1_2_are_refused()
    {
        // ClientHello of TLS 1.1 with TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, the curve P-256 and uncompressed points.
        var hello = Convert.FromHexString(
            "1603010044" + "01000040" + "0302" + new string('0', 64) + "00" + "0004c00900ff" + "0100" + "0013" + "000a000400020017" + "000b00020100" + "ff01000100");
        var serving = Member().AcceptAsync(_pair.Server, NobodyAsync);

        await _pair.Client.Transport.Output.WriteAsync(hello, Cancellation);
        await serving;

        var answer = (await _pair.Client.Transport.Input.ReadAsync(Cancellation)).Buffer.ToArray();
        Assert.Equal([21, 3], answer[..2]);
        Assert.Equal([2, 70], answer[5..7]);
    }

    [Fact]
    public async Task Who_keeps_silent_is_cut_off()
    {
        var serving = Member().AcceptAsync(_pair.Server, NobodyAsync);

        _clock.Advance(TlsConnections.HandshakeTime - TimeSpan.FromSeconds(1));
        Assert.False(serving.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        await serving;
    }

    [Fact]
    public async Task A_silent_member_is_not_waited_for()
    {
        var connecting = Member().ConnectAsync(_pair.Client, NobodyAsync);

        _clock.Advance(TlsConnections.HandshakeTime);

        var refusal = await Assert.ThrowsAsync<AuthenticationException>(() => connecting);
        Assert.Contains("within 10 seconds", refusal.Message);
    }

    [Fact]
    public async Task Of_too_many_who_keep_silent_the_oldest_is_cut_off_and_members_are_let_in()
    {
        var member = Member();
        var silent = Enumerable.Range(0, TlsConnections.Handshakes).Select(_ => new ConnectionPair()).ToList();
        var serving = silent.Select(pair => member.AcceptAsync(pair.Server, NobodyAsync)).ToList();

        var last = member.AcceptAsync(_pair.Server, EchoAsync);
        await Member().ConnectAsync(_pair.Client, _ => Task.CompletedTask);

        await serving[0];
        Assert.True(silent[0].Server.IsCutOff);
        Assert.DoesNotContain(silent[1..], pair => pair.Server.IsCutOff);
        await _pair.Client.DisposeAsync();
        await last;
        _clock.Advance(TlsConnections.HandshakeTime);
        await Task.WhenAll(serving);
    }

    [Fact]
    public async Task What_was_not_sent_when_a_connection_broke_keeps_nobody_from_ending_it()
    {
        var serving = Member().AcceptAsync(_pair.Server, async connection =>
        {
            await _pair.Client.DisposeAsync();
            await Assert.ThrowsAsync<IOException>(async () => await connection.Transport.Output.WriteAsync(new byte[100_000], Cancellation));
            connection.Transport.Output.Write(new byte[1000]);
            connection.Transport.Output.Complete();
            connection.Transport.Input.Complete();
        });
        await Member().ConnectAsync(_pair.Client, _ => serving);

        await serving;
    }

    [Fact]
    public async Task A_read_that_waits_ends_when_the_connection_is_closed()
    {
        var transport = _pair.Server.Transport;
        var letIn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var serving = Member().AcceptAsync(_pair.Server, async connection =>
        {
            letIn.SetResult();
            await connection.Transport.Input.ReadAsync(Cancellation);
        });
        await Member().ConnectAsync(_pair.Client, async _ =>
        {
            await letIn.Task;
            transport.Input.CancelPendingRead();
            await Assert.ThrowsAsync<IOException>(() => serving);
        });
    }

    [Fact]
    public async Task Members_of_a_new_authority_are_let_in_once_it_is_in_the_files()
    {
        var files = _authority.NewFiles();
        var member = Member(files);
        await File.AppendAllTextAsync(files.Authority, _stranger.Pem, Cancellation);
        var newcomer = Member(_stranger.NewFiles() with { Authority = files.Authority });

        _clock.Advance(MemberCertificates.Freshness);
        var serving = member.AcceptAsync(_pair.Server, EchoAsync);
        await newcomer.ConnectAsync(_pair.Client, async connection =>
        {
            await connection.Transport.Output.WriteAsync("hello"u8.ToArray(), Cancellation);
            var read = await connection.Transport.Input.ReadAsync(Cancellation);
            Assert.Equal("hello"u8.ToArray(), read.Buffer.ToArray());
        });

        await _pair.Client.DisposeAsync();
        await serving;
    }

    private TlsConnections Member(PemFiles? files = null)
    {
        files ??= _authority.NewFiles();
        var certificates = new MemberCertificates(new("Cluster:Tls", files.Certificate, files.Key, files.Authority), _clock);
        return new(certificates, _clock, NullLogger<TlsConnections>.Instance);
    }

    private static async Task EchoAsync(ConnectionContext connection)
    {
        try
        {
            while (await connection.Transport.Input.ReadAsync(Cancellation) is { IsCompleted: false } read)
            {
                foreach (var segment in read.Buffer) await connection.Transport.Output.WriteAsync(segment, Cancellation);
                connection.Transport.Input.AdvanceTo(read.Buffer.End);
            }
        }
        catch (IOException)
        {
            // The other side has gone.
        }
    }

    private static Task NobodyAsync(ConnectionContext connection)
    {
        Assert.Fail("It was let in.");
        return Task.CompletedTask;
    }

    private static async Task ShakeHandsAsync(SslStream intruder, X509Certificate2? certificate)
    {
        try
        {
            await intruder.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "restate-cloud",
                    LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!,
                    RemoteCertificateValidationCallback = (_, _, _, _) => true,
                },
                Cancellation);
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            // What it is told, with TLS 1.2.
        }
    }
}
