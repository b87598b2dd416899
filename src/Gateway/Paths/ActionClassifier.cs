using RestateCloud.Gateway.Errors;
using RestateCloud.Gateway.Listening;

namespace RestateCloud.Gateway.Paths;

/// <summary>Finds a request's action.</summary>
internal static class ActionClassifier
{
    /// <summary>
    /// Classifies the path as it was sent and as it reads once decoded. Restate matches the words of its API before decoding and decodes
    /// keys: a path that means one thing before and another after is refused.
    /// </summary>
    /// <returns>Null, or why the request is refused.</returns>
    public static Refusal? Classify(PortRole role, string method, string rawTarget, out RestateAction action)
    {
        action = RestateAction.Unknown;
        if (RequestTarget.Parse(rawTarget, out var target) is { } refusal) return refusal;

        action = Of(role, method, target.Path);
        return target.DecodedPath is { } decoded && Of(role, method, decoded) != action ? Refusals.AmbiguousPath : null;
    }

    private static RestateAction Of(PortRole role, string method, ReadOnlySpan<char> path) =>
        role == PortRole.Admin ? AdminActions.Of(method, path) : IngressActions.Of(new PathSegments(path));
}
