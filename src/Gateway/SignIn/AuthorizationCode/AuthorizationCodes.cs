using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace RestateCloud.Gateway.SignIn.AuthorizationCode;

/// <summary>Codes in the memory of this process: they outlive neither it nor a minute.</summary>
internal sealed class AuthorizationCodes(IOptions<SignInOptions> options, TimeProvider time) : IAuthorizationCodes
{
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, Pending> _pending = new(StringComparer.Ordinal);

    public string? Issue(AuthorizationGrant grant)
    {
        if (_pending.Count >= Capacity) Sweep();
        if (_pending.Count >= Capacity) return null;
        var code = OneTimeSecret.New();
        _pending[OneTimeSecret.KeyOf(code)] = new Pending(grant, time.GetUtcNow().AddSeconds(options.Value.CodeSeconds));
        return code;
    }

    public AuthorizationGrant? Redeem(string code) =>
        _pending.TryRemove(OneTimeSecret.KeyOf(code), out var pending) && time.GetUtcNow() < pending.ExpiresAt ? pending.Grant : null;

    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var (key, pending) in _pending)
        {
            if (now >= pending.ExpiresAt) _pending.TryRemove(key, out _);
        }
    }

    private sealed record Pending(AuthorizationGrant Grant, DateTimeOffset ExpiresAt);
}
