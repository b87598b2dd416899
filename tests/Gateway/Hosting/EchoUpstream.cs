using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace RestateCloud.Gateway.Tests.Hosting;

/// <summary>What a test environment does, chosen by the last segment of the path; says back what it was asked unless told otherwise.</summary>
internal sealed class EchoUpstream
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _held = new();

    /// <summary>Every target that reached the environment, as it was on the wire.</summary>
    public ConcurrentQueue<string> Targets { get; } = new();

    /// <summary>How many requests wait to be released.</summary>
    public int Holding => _held.Count;

    /// <summary>Lets those go on.</summary>
    public void Release()
    {
        foreach (var (id, held) in _held)
        {
            if (_held.TryRemove(id, out _)) held.TrySetResult();
        }
    }

    public Task HandleAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        Targets.Enqueue(target);
        return target.Split('?')[0].Split('/')[^1] switch
        {
            "hold" => HoldAsync(context),
            "length" => AnswerLengthAsync(context),
            "duplex" => AnswerDuplexAsync(context),
            "trailers" => AnswerWithTrailersAsync(context),
            "break" => BreakAsync(context),
            "breakoff" => BreakOffAsync(context),
            "socket" => AnswerWebSocketAsync(context),
            _ => context.Response.WriteAsJsonAsync(Echo.Of(context, target)),
        };
    }

    private async Task HoldAsync(HttpContext context)
    {
        await WaitForReleaseAsync(context);
        await context.Response.WriteAsync("released");
    }

    private async Task WaitForReleaseAsync(HttpContext context)
    {
        var id = Guid.NewGuid().ToString();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _held[id] = held;
        try
        {
            await held.Task.WaitAsync(context.RequestAborted);
        }
        finally
        {
            _held.TryRemove(id, out _);
        }
    }

    private static async Task AnswerLengthAsync(HttpContext context)
    {
        long length = 0;
        var buffer = new byte[64 * 1024];
        while (await context.Request.Body.ReadAsync(buffer) is var read and > 0) length += read;
        await context.Response.WriteAsync($"{length}");
    }

    private static async Task AnswerDuplexAsync(HttpContext context)
    {
        var buffer = new byte[1024];
        await context.Response.StartAsync();
        while (await context.Request.Body.ReadAsync(buffer) is var read and > 0)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read));
            await context.Response.Body.FlushAsync();
        }
    }

    private static async Task AnswerWithTrailersAsync(HttpContext context)
    {
        context.Response.DeclareTrailer("x-checksum");
        await context.Response.WriteAsync("body");
        context.Response.AppendTrailer("x-checksum", "42");
    }

    private static Task BreakAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private async Task BreakOffAsync(HttpContext context)
    {
        context.Response.ContentLength = 100;
        await context.Response.WriteAsync("half");
        await context.Response.Body.FlushAsync();
        await WaitForReleaseAsync(context);
        context.Abort();
    }

    private static async Task AnswerWebSocketAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[1024];
        while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } message)
        {
            await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, context.RequestAborted);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
    }
}

/// <summary>A request as the environment saw it.</summary>
internal sealed record Echo(string Protocol, string Method, string Target, Dictionary<string, string> Headers)
{
    public static Echo Of(HttpContext context, string target) => new(
        context.Request.Protocol,
        context.Request.Method,
        target,
        context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()));

    public static async Task<Echo> ReadAsync(HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return JsonSerializer.Deserialize<Echo>(await response.Content.ReadAsStringAsync(), JsonSerializerOptions.Web)!;
    }
}
