using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Protocols.Tests.Streams;

/// <summary>What is sent together below TLS.</summary>
public sealed class GatheredWritesTests
{
    private readonly RecordingStream _sent = new();
    private readonly GatheredWrites _stream;

    public GatheredWritesTests() => _stream = new GatheredWrites(_sent);

    [Fact]
    public async Task What_is_written_at_first_goes_at_once()
    {
        await _stream.WriteAsync(new byte[3]);

        Assert.Equal([3], _sent.Writes);
    }

    [Fact]
    public async Task What_is_written_later_goes_together_when_it_is_flushed()
    {
        _stream.Gather();
        await _stream.WriteAsync(new byte[3]);
        await _stream.WriteAsync(new byte[4]);
        Assert.Empty(_sent.Writes);

        await _stream.FlushAsync();
        await _stream.FlushAsync();

        Assert.Equal([7], _sent.Writes);
    }

    [Fact]
    public async Task More_than_a_quarter_of_a_mebibyte_does_not_wait_for_a_flush()
    {
        _stream.Gather();
        await _stream.WriteAsync(new byte[300_000]);

        Assert.Equal([300_000], _sent.Writes);
    }

    [Fact]
    public async Task What_several_write_at_the_same_time_is_all_sent_and_none_of_it_in_pieces()
    {
        const int Writers = 4;
        const int Rounds = 2000;
        var sent = new MemoryStream();
        var stream = new GatheredWrites(Stream.Synchronized(sent));
        stream.Gather();

        await Task.WhenAll(Enumerable.Range(1, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                await stream.WriteAsync(Enumerable.Repeat((byte)writer, 16).ToArray());
                await stream.FlushAsync();
            }
        })));

        var blocks = sent.ToArray().Chunk(16).ToList();
        Assert.Equal(Writers * Rounds, blocks.Count);
        Assert.All(blocks, block => Assert.All(block, value => Assert.Equal(block[0], value)));
        Assert.Equal(Enumerable.Repeat(Rounds, Writers), blocks.CountBy(block => block[0]).Select(count => count.Value));
    }

    [Fact]
    public async Task It_takes_its_stream_along()
    {
        await _stream.DisposeAsync();

        Assert.True(_sent.IsDisposed);
    }

    [Fact]
    public async Task All_records_of_one_flush_are_one_write_and_come_as_they_were()
    {
        var limit = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var dialed = new TcpClient();
        await dialed.ConnectAsync((IPEndPoint)listener.LocalEndpoint, limit);
        using var accepted = await listener.AcceptTcpClientAsync(limit);
        var wire = new RecordingStream(dialed.GetStream());
        var records = new GatheredWrites(wire);
        await using var sender = new SslStream(records, leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await using var receiver = new SslStream(accepted.GetStream());
        using var certificate = Certificate();
        await Task.WhenAll(sender.AuthenticateAsClientAsync("localhost"), receiver.AuthenticateAsServerAsync(certificate));
        records.Gather();
        wire.Writes.Clear();
        var body = RandomNumberGenerator.GetBytes(100_000);

        await sender.WriteAsync(body, limit);
        await sender.FlushAsync(limit);

        var received = new byte[body.Length];
        await receiver.ReadExactlyAsync(received, limit);
        Assert.Equal(body, received);
        Assert.Single(wire.Writes);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private sealed class RecordingStream(Stream? inner = null) : AsynchronousStream
    {
        public List<int> Writes { get; } = [];

        public bool IsDisposed { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner!.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Writes.Add(buffer.Length);
            return inner?.WriteAsync(buffer, cancellationToken) ?? ValueTask.CompletedTask;
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
