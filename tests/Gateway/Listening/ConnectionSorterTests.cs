using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Protocols.Connections;

namespace RestateCloud.Gateway.Tests.Listening;

public sealed class ConnectionSorterTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task A_connection_that_says_nothing_for_thirty_seconds_is_closed()
    {
        var sorter = new ConnectionSorter(_clock);
        await using var connection = new TestConnection();
        var sorting = sorter.SortAsync(connection);

        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(sorting.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await sorting;

        Assert.True(connection.IsDisposed);
    }

    [Fact]
    public async Task A_decided_connection_is_handed_on_with_all_its_bytes()
    {
        var sorter = new ConnectionSorter(_clock);
        await using var connection = new TestConnection();
        var sorting = sorter.SortAsync(connection);
        await connection.Client.Output.WriteAsync("PRI * HT"u8.ToArray(), TestContext.Current.CancellationToken);
        await connection.Client.Output.WriteAsync("TP/2.0\r\n\r\nSM"u8.ToArray(), TestContext.Current.CancellationToken);
        await sorting;

        Assert.True(sorter.Of(ProtocolEndPoint.Http2).TryRead(out var sorted));
        Assert.True(sorted.Transport.Input.TryRead(out var read));
        Assert.Equal(20, read.Buffer.Length);
    }

    [Fact]
    public async Task Of_too_many_undecided_connections_the_oldest_is_cut_off()
    {
        var undecided = new UndecidedConnections(capacity: 2);
        var connections = Enumerable.Range(0, 3).Select(_ => new TestConnection()).ToList();
        var places = connections.Select(connection => undecided.Add(connection.Abort)).ToList();

        Assert.Equal([true, false, false], connections.Select(connection => connection.IsAborted));

        places.ForEach(undecided.Remove);
        await using var next = new TestConnection();
        undecided.Add(next.Abort);
        Assert.Equal([true, false, false], connections.Select(connection => connection.IsAborted));
    }

    private sealed class TestConnection : DefaultConnectionContext
    {
        public TestConnection()
        {
            var (toServer, toClient) = (new Pipe(), new Pipe());
            Transport = new Duplex(toServer.Reader, toClient.Writer);
            Client = new Duplex(toClient.Reader, toServer.Writer);
        }

        public IDuplexPipe Client { get; }

        public bool IsAborted { get; private set; }

        public bool IsDisposed { get; private set; }

        public override void Abort(ConnectionAbortedException abortReason)
        {
            IsAborted = true;
            base.Abort(abortReason);
        }

        public override ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return base.DisposeAsync();
        }

        private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
    }
}
