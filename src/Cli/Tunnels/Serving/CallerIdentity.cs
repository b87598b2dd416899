using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using RestateCloud.Protocols.Identity;

namespace RestateCloud.Cli.Tunnels.Serving;

/// <summary>
/// Lets only the environment call. Its keys are looked up again when a call is signed by none of them, as after a rotation, but seldom: anybody
/// can sign with a key of his own.
/// </summary>
internal sealed class CallerIdentity(TunnelTarget target, TimeProvider clock)
{
    private const int MaximumPathLength = 8 * 1024;
    private static readonly TimeSpan LookUpPeriod = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private IdentityKeySet _keys = target.Keys;
    private DateTimeOffset _nextLookUp;

    /// <summary>Whether a call carries the environment's signature for this path, now.</summary>
    public async ValueTask<bool> IsGenuineAsync(IHeaderDictionary headers, string path, CancellationToken cancellationToken)
    {
        if (headers[RequestIdentityHeaders.SchemeName] is not [RequestIdentityHeaders.Scheme]) return false;
        if (headers[RequestIdentityHeaders.TokenName] is not [{ } token]) return false;
        if (IsGenuine(token, path)) return true;
        if (!MayLookUp()) return false;

        _keys = await target.LookUpKeysAsync(cancellationToken);
        return IsGenuine(token, path);
    }

    /// <summary>Whether a token is the environment's for this path, now, by the keys that are known.</summary>
    public bool IsGenuine(ReadOnlySpan<byte> token, ReadOnlySpan<byte> path)
    {
        if (path.Length > MaximumPathLength) return false;
        Span<char> pathText = stackalloc char[path.Length];
        return Ascii.ToUtf16(path, pathText, out _) == OperationStatus.Done && RequestIdentityToken.IsGenuine(token, _keys, pathText, clock.GetUtcNow());
    }

    private bool IsGenuine(string token, string path) => RequestIdentityToken.IsGenuine(token, _keys, path, clock.GetUtcNow());

    private bool MayLookUp()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (now < _nextLookUp) return false;
            _nextLookUp = now + LookUpPeriod;
            return true;
        }
    }
}
