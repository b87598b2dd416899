using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using RestateCloud.Gateway.Caching;

namespace RestateCloud.Gateway.Identity;

/// <summary>Verifies each access token once and knows it again by its hash until it expires or the keys change.</summary>
internal sealed class AccessTokenAuthenticator(AccessTokenVerifier verifier, TokenKeySource keys, FailureLimiter failures) : IDisposable
{
    private const int Capacity = 10_000;
    private const int HashLength = 2 * SHA256.HashSizeInBytes;

    private readonly MemoryCache _verified = new(new MemoryCacheOptions { SizeLimit = Capacity });

    public ValueTask<Authentication> AuthenticateAsync(ReadOnlyMemory<char> credential, IPAddress? address)
    {
        Span<char> hash = stackalloc char[HashLength];
        Hash(credential.Span, hash);
        if (!_verified.TryGetValue(hash, out VerifiedToken? token))
        {
            return failures.IsExhausted(address)
                ? new(Authentication.Failed(AuthenticationFailure.TooManyFailures))
                : VerifyAsync(credential.ToString(), hash.ToString(), address);
        }

        var current = keys.GetAsync();
        return current.IsCompletedSuccessfully && current.Result == token!.Keys
            ? new(Check(token))
            : VerifyAsync(credential.ToString(), hash.ToString(), address);
    }

    public void Dispose() => _verified.Dispose();

    private Authentication Check(VerifiedToken token) => verifier.HasExpired(token.ValidTo)
        ? Authentication.Failed(AuthenticationFailure.Expired)
        : Authentication.Of(token.Principal);

    private async ValueTask<Authentication> VerifyAsync(string credential, string hash, IPAddress? address)
    {
        try
        {
            var (token, failure) = await verifier.VerifyAsync(credential);
            if (token is not null)
            {
                _verified.Set(hash, token, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpiration = token.ValidTo });
                return Authentication.Of(token.Principal);
            }

            failures.Add(address);
            return Authentication.Failed(failure);
        }
        catch (GrainUnavailableException)
        {
            return Authentication.Failed(AuthenticationFailure.Unavailable);
        }
    }

    private static void Hash(ReadOnlySpan<char> credential, Span<char> hash)
    {
        Span<byte> ascii = stackalloc byte[BearerCredential.MaximumLength];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(ascii[..Encoding.ASCII.GetBytes(credential, ascii)], digest);
        Convert.TryToHexStringLower(digest, hash, out _);
    }
}
