using Microsoft.Extensions.Options;
using RestateCloud.Grains.Identifiers;

namespace RestateCloud.Gateway.Routing;

/// <summary>Reads <c>&lt;bare id&gt;.env.&lt;region&gt;.&lt;domain&gt;</c>.</summary>
internal sealed class HostNames(IOptions<GatewayOptions> options)
{
    /// <summary>Length of an environment's id.</summary>
    public const int IdLength = 24;

    private const string EnvironmentLabel = ".env.";
    private readonly string _suffix = $"{EnvironmentLabel}{options.Value.Region}.{options.Value.Domain}";
    private readonly string _domain = $".{options.Value.Domain}";

    /// <summary>Whether a host name speaks of an environment of this cloud, in whatever region and whether or not it exists.</summary>
    /// <param name="host">The host header or <c>:authority</c>, with or without a port.</param>
    /// <param name="id">Where to put the environment's id, <see cref="IdLength"/> characters.</param>
    /// <param name="length">The length of the id; 0 when the name speaks of an environment that cannot be one of this gateway.</param>
    public bool TryRead(ReadOnlySpan<char> host, Span<char> id, out int length)
    {
        length = 0;
        var name = WithoutPort(host);
        if (!name.EndsWith(_domain, StringComparison.OrdinalIgnoreCase) || !name.Contains(EnvironmentLabel, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var prefix = $"{ResourceId.Environment}_".AsSpan();
        if (!name.EndsWith(_suffix, StringComparison.OrdinalIgnoreCase) || name.Length - _suffix.Length != IdLength - prefix.Length) return true;

        prefix.CopyTo(id);
        name[..^_suffix.Length].ToLowerInvariant(id[prefix.Length..]);
        length = ResourceId.IsValid(ResourceId.Environment, id[..IdLength]) ? IdLength : 0;
        return true;
    }

    private static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> host)
    {
        var colon = host.LastIndexOf(':');
        var name = colon < 0 ? host : host[..colon];
        return name.EndsWith('.') ? name[..^1] : name;
    }
}
