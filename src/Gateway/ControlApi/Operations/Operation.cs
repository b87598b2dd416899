using Microsoft.AspNetCore.Http;

namespace RestateCloud.Gateway.ControlApi.Operations;

/// <summary>
/// An operation of the control API: <c>POST</c>, JSON in and out. Its name is the name of its type, and the last segment of its path.
/// Derive from <see cref="UserOperation{TRequest,TResponse}"/> or <see cref="AccountOperation{TRequest,TResponse}"/>.
/// </summary>
internal abstract class Operation
{
    /// <summary>The operation's name on the wire.</summary>
    public string Name => GetType().Name;

    /// <summary>Its route.</summary>
    public abstract string Path { get; }

    /// <summary>What it does, one sentence for the reader of the OpenAPI document.</summary>
    public abstract string Summary { get; }

    /// <summary>What else a caller should know.</summary>
    public virtual string? Description => null;

    /// <summary>The group it is listed under.</summary>
    public string Resource => GetType().Namespace!.Split('.')[^1];

    /// <summary>Whether a repeated call with the same <c>idempotency-key</c> header answers the first call's result.</summary>
    public virtual bool TakesIdempotencyKey => false;

    /// <summary>The type of the request.</summary>
    public abstract Type RequestType { get; }

    /// <summary>The type of the response.</summary>
    public abstract Type ResponseType { get; }

    /// <summary>Answers one request.</summary>
    /// <exception cref="Grains.Errors.CloudException">The request is refused.</exception>
    public abstract Task HandleAsync(HttpContext context);
}
