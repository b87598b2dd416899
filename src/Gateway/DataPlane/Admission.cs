using RestateCloud.Gateway.Errors;
using RestateCloud.Gateway.Paths;
using RestateCloud.Gateway.Routing;

namespace RestateCloud.Gateway.DataPlane;

/// <summary>Whether a request may go on, and where to.</summary>
/// <param name="Target">The environment, once it is known that the caller may know of it.</param>
/// <param name="Action">What it does.</param>
/// <param name="Refusal">Null when the request may go on.</param>
internal readonly record struct Admission(EnvironmentTarget? Target, RestateAction Action, Refusal? Refusal)
{
    public static Admission Refused(Refusal refusal, EnvironmentTarget? target = null) =>
        new(target, RestateAction.Unknown, refusal);
}
