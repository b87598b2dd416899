using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RestateCloud.Gateway.Authorization;
using RestateCloud.Gateway.Caching;
using RestateCloud.Gateway.Errors;
using RestateCloud.Gateway.Identity;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.Paths;
using RestateCloud.Gateway.Routing;
using RestateCloud.Grains.Environments;

namespace RestateCloud.Gateway.DataPlane;

/// <summary>The steps from a request to the decision that it may go on: path, caller, environment, right, state.</summary>
internal sealed class Admitter(IAuthenticator authenticator, EnvironmentDirectory environments, IAuthorizer authorizer)
{
    public async ValueTask<Admission> AdmitAsync(HttpContext context, GatewayConnection connection)
    {
        var port = connection.Port;
        var rawTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (ActionClassifier.Classify(port.Role, context.Request.Method, rawTarget, out var action) is { } refusal) return Admission.Refused(refusal);

        var authentication = await authenticator.AuthenticateAsync(context, connection.Memo, context.RequestAborted);
        if (authentication.Principal is not { } principal) return Admission.Refused(Refusals.Of(authentication.Failure));

        try
        {
            return await AdmitAsync(context.Request.Host.Value, port, principal, action);
        }
        catch (GrainUnavailableException)
        {
            return Admission.Refused(Refusals.ControlPlaneUnavailable);
        }
    }

    private async ValueTask<Admission> AdmitAsync(string? host, GatewayPort port, Principal principal, RestateAction action)
    {
        var target = await environments.FindAsync(port, host, principal);
        if (target is null) return Admission.Refused(Refusals.NoEnvironment);

        return await authorizer.DecideAsync(principal, target.Route, action) switch
        {
            Decision.Outsider => Admission.Refused(Refusals.NoEnvironment),
            Decision.Denied => Admission.Refused(Refusals.Forbidden, target),
            _ when target.Route.Status != EnvironmentStatus.Active || target.Of(port.Role) is null =>
                Admission.Refused(Refusals.NotActive(target.Route), target),
            _ => new(target, action, null),
        };
    }
}
