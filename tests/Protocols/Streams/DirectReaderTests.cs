using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Protocols.Tests.Streams;

public sealed class DirectReaderTests
{
    private const int Small = 4 * 1024;
    private const int Most = 64 * 1024;

    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly DirectReader _reader;

    public DirectReaderTests() => _reader = new DirectReader(_pipe.Reader.AsStream(), Most);

    [Fact]
    public async Task What_is_not_consumed_comes_again_with_what_follows()
    {
        await WriteAsync("one two"u8.ToArray());
        var read = await _reader.ReadAsync();
        _reader.AdvanceTo(read.Buffer.GetPosition(4), read.Buffer.End);

        var next = _reader.ReadAsync();
        Assert.False(next.IsCompleted);
        await WriteAsync(" three"u8.ToArray());

        Assert.Equal("two three"u8.ToArray(), (await next).Buffer.ToArray());
    }

    [Fact]
    public async Task What_was_not_examined_comes_again_at_once()
    {
        await WriteAsync("one two"u8.ToArray());
        var read = await _reader.ReadAsync();
        _reader.AdvanceTo(read.Buffer.Start, read.Buffer.GetPosition(3));

        Assert.Equal("one two"u8.ToArray(), (await _reader.ReadAsync()).Buffer.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nothing_is_lost_whatever_comes_and_is_left(int seed)
    {
        var random = new Random(seed);
        var sent = new byte[4 * 1024 * 1024];
        random.NextBytes(sent);
        var writing = Task.Run(async () =>
        {
            for (var at = 0; at < sent.Length;)
            {
                var length = Math.Min(random.Next(1, 3) == 1 ? random.Next(1, 200) : random.Next(1, 200_000), sent.Length - at);
                await WriteAsync(sent.AsMemory(at, length));
                at += length;
            }

            await _pipe.Writer.CompleteAsync();
        });

        var choice = new Random(-seed);
        var received = new List<byte>();
        while (true)
        {
            var read = await _reader.ReadAsync();
            var taken = read.IsCompleted ? read.Buffer.Length : choice.NextInt64(read.Buffer.Length + 1);
            received.AddRange(read.Buffer.Slice(0, taken).ToArray());
            _reader.AdvanceTo(read.Buffer.GetPosition(taken), read.Buffer.End);
            if (choice.Next(10) == 0) _reader.CancelPendingRead();
            if (read.IsCompleted) break;
        }

        await writing;
        Assert.True(received.SequenceEqual(sent));
    }

    [Fact]
    public async Task Who_waits_is_woken_and_then_waits_for_the_same()
    {
        var reading = _reader.ReadAsync();
        _reader.CancelPendingRead();
        var woken = await reading;
        Assert.True(woken.IsCanceled);
        _reader.AdvanceTo(woken.Buffer.Start, woken.Buffer.End);

        await WriteAsync("one"u8.ToArray());

        var read = await _reader.ReadAsync();
        Assert.False(read.IsCanceled);
        Assert.Equal("one"u8.ToArray(), read.Buffer.ToArray());
    }

    [Fact]
    public async Task Who_is_woken_before_he_waits_does_not_wait()
    {
        _reader.CancelPendingRead();

        Assert.True((await _reader.ReadAsync()).IsCanceled);
    }

    [Fact]
    public async Task Much_is_held_only_while_much_comes()
    {
        Assert.Equal(Small, await HeldAsync(10));
        Assert.Equal(Small, await HeldAsync(Small));
        Assert.Equal(Most, await HeldAsync(Most));
        Assert.Equal(Most, await HeldAsync(10));
        Assert.Equal(Small, await HeldAsync(10));
    }

    private async Task<int> HeldAsync(int length)
    {
        await WriteAsync(new byte[length]);
        var read = await _reader.ReadAsync();
        Assert.Equal(length, read.Buffer.Length);
        Assert.True(MemoryMarshal.TryGetArray(read.Buffer.First, out var held));
        _reader.AdvanceTo(read.Buffer.End);
        return held.Array!.Length;
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes) => await _pipe.Writer.WriteAsync(bytes);
}
