using System.Net;
using System.Net.Sockets;
using System.Text;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.Environments;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Forwarding;

public sealed class EarlyAnswerTests
{
    [Fact]
    public async Task An_answer_that_comes_before_the_body_was_read_is_not_lost_with_the_connection()
    {
        using var folder = new TemporaryFolder();
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        server.Bind(new UnixDomainSocketEndPoint(folder.File("socket")));
        server.Listen();
        await using var cloud = await TestCloud.StartAsync(UpstreamAddress.Unix(folder.File("socket")));
        var environment = await (await cloud.CreateTenantAsync()).CreateEnvironmentAsync();
        using var client = environment.Client(await environment.KeyAsync());
        var closed = new TaskCompletionSource();
        var answering = AnswerAndCloseAsync(server, closed);

        using var response = await client.PostAsync("/Greeter/nothing", new LateBody(closed.Task), TestContext.Current.CancellationToken);

        await answering;
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("gone", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task AnswerAndCloseAsync(Socket server, TaskCompletionSource closed)
    {
        using (var connection = await server.AcceptAsync())
        {
            await connection.ReceiveAsync(new byte[64 * 1024]);
            await connection.SendAsync("HTTP/1.1 404 Not Found\r\ncontent-length: 4\r\nconnection: close\r\n\r\ngone"u8.ToArray());
        }

        closed.SetResult();
    }

    /// <summary>A body whose bytes come once the server has hung up.</summary>
    private sealed class LateBody(Task closed) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.FlushAsync();
            await closed;
            for (var i = 0; i < 16; i++) await stream.WriteAsync(Encoding.UTF8.GetBytes(new string('x', 1024)));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
