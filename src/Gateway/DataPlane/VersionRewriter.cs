using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using RestateCloud.Grains.Environments;
using Yarp.ReverseProxy.Forwarder;

namespace RestateCloud.Gateway.DataPlane;

/// <summary>
/// Has <c>GET /version</c> name the ingress that tenants use. A restate-server names its own, which is a socket in the cloud's data folder:
/// of no use to the UI, which calls it, and nothing that tenants should learn.
/// </summary>
internal sealed class VersionRewriter(IGrainFactory grains, EnvironmentUrls urls)
{
    private const string Ingress = "ingress_endpoint";

    /// <summary>Whether the answer is one to rewrite.</summary>
    public static bool Concerns(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Path.Value is "/version" or "/v2/version" or "/v3/version" or "/v4/version";

    /// <summary>Has the answer made, and sends it rewritten.</summary>
    /// <param name="context">The request.</param>
    /// <param name="environmentId">Whose version is asked for.</param>
    /// <param name="forward">Writes the answer to the response.</param>
    public async ValueTask<ForwarderError> RewriteAsync(HttpContext context, string environmentId, Func<ValueTask<ForwarderError>> forward)
    {
        var environment = await grains.GetGrain<IEnvironmentGrain>(environmentId).DescribeAsync(context.RequestAborted);
        var ingress = environment is null ? null : urls.Of(environment).IngressBaseUrl;
        // What is compressed could not be read here.
        context.Request.Headers.AcceptEncoding = default;
        var response = context.Response;
        var body = response.Body;
        using var answer = new MemoryStream();
        response.Body = answer;
        ForwarderError error;
        try
        {
            error = await forward();
        }
        finally
        {
            response.Body = body;
        }

        if (error != ForwarderError.None)
        {
            // Half an answer must not look like a whole one. Nothing of it has been sent.
            if (!response.HasStarted) response.Clear();
            return error;
        }

        if (answer.Length == 0) return error;
        var bytes = Rewrite(answer.ToArray(), ingress);
        response.ContentLength = bytes.Length;
        await body.WriteAsync(bytes, context.RequestAborted);
        return error;
    }

    private static byte[] Rewrite(byte[] answer, string? ingress)
    {
        if (Read(answer) is not { } version || !version.ContainsKey(Ingress)) return answer;

        version[Ingress] = ingress;
        return JsonSerializer.SerializeToUtf8Bytes(version);
    }

    // An error of the server's may be plain text.
    private static JsonObject? Read(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
