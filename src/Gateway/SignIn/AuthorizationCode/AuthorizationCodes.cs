using Microsoft.Extensions.Options;
using RestateCloud.Grains.SignIn;

namespace RestateCloud.Gateway.SignIn.AuthorizationCode;

/// <summary>Gives out authorization codes and takes them back, each once, at whichever gateway.</summary>
internal sealed class AuthorizationCodes(IGrainFactory grains, IOptions<SignInOptions> options)
{
    /// <summary>A new code, or null when there are too many.</summary>
    public async Task<string?> IssueAsync(AuthorizationGrant grant, CancellationToken cancellationToken)
    {
        var code = OneTimeSecret.New();
        var hash = SignInHash.Of(code);
        var lifetime = TimeSpan.FromSeconds(options.Value.CodeSeconds);
        return await Grain(hash).IssueAsync(hash, grant, lifetime, cancellationToken) ? code : null;
    }

    /// <summary>What a code stands for, or null. A code that was asked for once is gone, whatever came of it.</summary>
    public Task<AuthorizationGrant?> RedeemAsync(string code, CancellationToken cancellationToken)
    {
        var hash = SignInHash.Of(code);
        return Grain(hash).RedeemAsync(hash, cancellationToken);
    }

    private IAuthorizationCodesGrain Grain(string hash) => grains.GetGrain<IAuthorizationCodesGrain>(SignInHash.PartOf(hash));
}
