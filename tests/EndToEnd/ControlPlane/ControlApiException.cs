using System.Net;

namespace RestateCloud.EndToEnd.Tests.ControlPlane;

/// <summary>The control API refused an operation.</summary>
public sealed class ControlApiException(HttpStatusCode status, string message) : Exception($"{(int)status}: {message}")
{
    public HttpStatusCode Status { get; } = status;
}
