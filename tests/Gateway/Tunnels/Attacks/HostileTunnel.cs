using System.Net;
using RestateCloud.Gateway.Tests.Hosting;
using static RestateCloud.Gateway.Tests.Tunnels.Attacks.FrameConnection;

namespace RestateCloud.Gateway.Tests.Tunnels.Attacks;

/// <summary>A tunnel's client that opens its tunnel as it should and is a test's own frames from then on.</summary>
internal static class HostileTunnel
{
    /// <summary>The stream of the handshake.</summary>
    public const int HandshakeStream = 1;

    private const int PrefaceLength = 24;
    private const byte Status200 = 0x88;

    /// <summary>Opens a tunnel.</summary>
    public static async Task<FrameConnection> OpenAsync(TestEnvironment environment, string name, byte[]? settings = null, IPAddress? from = null, bool supportsDrain = false)
    {
        var connection = FrameConnection.Open(environment.Cloud.Ports.Tunnel, from);
        await IntroduceAsync(connection, environment, name, settings, supportsDrain);
        // The trailers.
        await connection.ReadAsync(Headers, HandshakeStream);
        await connection.SendAsync(Data, EndStream, HandshakeStream);
        return connection;
    }

    /// <summary>Takes the handshake's request.</summary>
    public static async Task GreetAsync(FrameConnection connection, byte[]? settings = null)
    {
        await connection.SendAsync(Settings, 0, 0, settings);
        await connection.SkipAsync(PrefaceLength);
        await connection.ReadAsync(Headers, HandshakeStream);
    }

    /// <summary>Takes it and answers who it is.</summary>
    public static async Task IntroduceAsync(FrameConnection connection, TestEnvironment environment, string name, byte[]? settings = null, bool supportsDrain = false)
    {
        await GreetAsync(connection, settings);
        var hello = AnswerOf(
            ("authorization", $"Bearer {await environment.KeyAsync()}"),
            ("environment-id", environment.Id),
            ("tunnel-name", name),
            ("supports-drain", supportsDrain ? "true" : "false"));
        await connection.SendAsync(Headers, EndHeaders, HandshakeStream, hello);
    }

    /// <summary>200 and headers.</summary>
    public static byte[] AnswerOf(params ReadOnlySpan<(string, string)> fields) => [Status200, .. HeaderBlock.Encode(fields)];
}
