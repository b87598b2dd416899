using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RestateCloud.Gateway.ControlApi.Requests;

namespace RestateCloud.Gateway.ControlApi.Operations;

/// <summary>The way of every call: who calls, may they call now, what do they ask for, the answer.</summary>
internal abstract class TypedOperation<TCall, TRequest, TResponse> : Operation
    where TCall : UserCall
    where TRequest : class
    where TResponse : class
{
    public sealed override Type RequestType => typeof(TRequest);

    public sealed override Type ResponseType => typeof(TResponse);

    public sealed override async Task HandleAsync(HttpContext context)
    {
        var admission = context.RequestServices.GetRequiredService<Admission>();
        if (await admission.AdmitAsync(context) is not { } user) return;

        // Before the body is read: an outsider learns nothing, not even whether the request was well formed.
        var call = Enter(user, context);
        if (TakesIdempotencyKey) call.IdempotencyKey = IdempotencyKey.Read(context.Request);
        var request = await RequestReader.ReadAsync(context, ControlApiJson.TypeOf<TRequest>());
        var response = await InvokeAsync(call, request, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(response, ControlApiJson.TypeOf<TResponse>(), cancellationToken: context.RequestAborted);
    }

    /// <summary>Checks what the route says about the call.</summary>
    protected abstract TCall Enter(UserCall user, HttpContext context);

    /// <summary>Does the work.</summary>
    protected abstract Task<TResponse> InvokeAsync(TCall call, TRequest request, CancellationToken cancellationToken);
}

/// <summary>An operation on what belongs to the caller alone.</summary>
internal abstract class UserOperation<TRequest, TResponse> : TypedOperation<UserCall, TRequest, TResponse>
    where TRequest : class
    where TResponse : class
{
    public sealed override string Path => $"/cloud/{Name}";

    protected sealed override UserCall Enter(UserCall user, HttpContext context) => user;
}

/// <summary>An operation on an account, named in the path, that the caller belongs to.</summary>
internal abstract class AccountOperation<TRequest, TResponse> : TypedOperation<AccountCall, TRequest, TResponse>
    where TRequest : class
    where TResponse : class
{
    /// <summary>The route value that holds the account's id.</summary>
    public const string AccountId = "accountId";

    public sealed override string Path => $"/cloud/{{{AccountId}}}/{Name}";

    protected sealed override AccountCall Enter(UserCall user, HttpContext context) =>
        user.EnterAccount((string)context.Request.RouteValues[AccountId]!);
}
