using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using RestateCloud.Protocols.Http2.Hpack;

namespace RestateCloud.Gateway.Tunnels.Crossing;

/// <summary>
/// What gateways say to each other: the call as it came in, and as its answer that of the tunnel's client, or 421 with a header when the
/// tunnel is not held there. No client can say that in a gateway's name: the header is taken out of what it answers.
/// </summary>
internal static class CrossingProtocol
{
    private const string Header = "restate-cloud-tunnel";
    private static readonly byte[] HeaderBytes = Encoding.ASCII.GetBytes(Header);
    private const string NotHere = "not-here";

    /// <summary>Says that the tunnel is not held here.</summary>
    public static void SayNotHere(HttpResponse response) => response.Headers[Header] = NotHere;

    /// <summary>Whether a gateway has said so.</summary>
    public static bool SaysNotHere(HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.MisdirectedRequest && answer.Headers.NonValidated.Contains(Header);

    /// <summary>Takes out what only gateways say.</summary>
    public static void Remove(IHeaderDictionary headers) => headers[Header] = StringValues.Empty;

    /// <summary>The same where an answer is passed on frame by frame.</summary>
    public static void Remove(HeaderFields fields) => fields.Remove(HeaderBytes);
}
