using System.Net;
using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Authorization;
using RestateCloud.Gateway.Caching;
using RestateCloud.Gateway.Identity;
using RestateCloud.Gateway.Paths;
using RestateCloud.Gateway.Routing;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Identifiers;

namespace RestateCloud.Gateway.Tunnels.Server;

/// <summary>Decides whether a client may open the tunnel it asks for. A refusal is a sentence: the client shows it to its user as it stands.</summary>
internal sealed class TunnelAdmitter(
    IAuthenticator authenticator, ApiKeyAuthenticator apiKeys, EnvironmentDirectory environments, IAuthorizer authorizer, IGrainFactory grains)
{
    private const string NoEnvironment = "This credential has nothing to do with the environment that the tunnel is for: sign in or use a key of that environment.";

    /// <summary>Decides.</summary>
    /// <exception cref="GrainUnavailableException">What the decision needs cannot be found out at the moment.</exception>
    public async Task<TunnelAdmission> AdmitAsync(TunnelHello hello, IPAddress? address, CancellationToken cancellationToken)
    {
        if (hello.TunnelName is { } name && !TunnelName.IsValid(name)) return new($"The tunnel's name must be {TunnelName.Rule}.");

        var authentication = await AuthenticateAsync(hello, address, cancellationToken);
        if (authentication.Failure == AuthenticationFailure.Unavailable) throw new GrainUnavailableException("the credential");
        if (authentication.Principal is not { } principal) return new(authentication.Failure.Message());
        if (!ResourceId.IsValid(ResourceId.Environment, hello.EnvironmentId)) return new(NoEnvironment);

        return await AdmitAsync(principal, hello.EnvironmentId!, cancellationToken);
    }

    /// <summary>Whether a tunnel's client may still hold it. What cannot be found out at the moment changes nothing.</summary>
    public async Task<bool> IsStillAdmittedAsync(OpenTunnel tunnel)
    {
        try
        {
            return (tunnel.Client is not ApiKeyPrincipal key || await apiKeys.IsGoodAsync(key.KeyId))
                && await environments.GetAsync(tunnel.EnvironmentId) is { Route: { Status: not EnvironmentStatus.Deleted } route }
                && await authorizer.DecideAsync(tunnel.Client, route, RestateAction.OpenTunnel) == Decision.Allowed;
        }
        catch (GrainUnavailableException)
        {
            return true;
        }
    }

    private ValueTask<Authentication> AuthenticateAsync(TunnelHello hello, IPAddress? address, CancellationToken cancellationToken)
    {
        // The credential comes in an answer; authenticators know requests.
        var request = new DefaultHttpContext();
        request.Connection.RemoteIpAddress = address;
        if (hello.Authorization is { } authorization) request.Request.Headers.Authorization = authorization;
        return authenticator.AuthenticateAsync(request, memo: null, cancellationToken);
    }

    private async Task<TunnelAdmission> AdmitAsync(Principal principal, string environmentId, CancellationToken cancellationToken)
    {
        if (await environments.GetAsync(environmentId) is not { } target) return new(NoEnvironment);

        var decision = await authorizer.DecideAsync(principal, target.Route, RestateAction.OpenTunnel);
        if (decision == Decision.Outsider) return new(NoEnvironment);
        if (decision != Decision.Allowed) return new("This key's role does not allow opening tunnels: use a key with rst:role::TunnelAccess.");

        var environment = await DescribeAsync(environmentId, cancellationToken);
        return environment is null or { Status: EnvironmentStatus.Deleted } ? new(NoEnvironment) : new(null, environment, principal);
    }

    private async Task<EnvironmentDescription?> DescribeAsync(string environmentId, CancellationToken cancellationToken)
    {
        try
        {
            return await grains.GetGrain<IEnvironmentGrain>(environmentId).DescribeAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GrainUnavailableException(environmentId, e);
        }
    }
}

/// <summary>The decision.</summary>
/// <param name="Refusal">Null when the tunnel may be opened.</param>
/// <param name="Environment">The environment, when it may.</param>
/// <param name="Client">Who asks, when it may.</param>
internal sealed record TunnelAdmission(string? Refusal, EnvironmentDescription? Environment = null, Principal? Client = null);
