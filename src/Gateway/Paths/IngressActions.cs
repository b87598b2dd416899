namespace RestateCloud.Gateway.Paths;

/// <summary>What a path of the ingress does. Restate decides by the path alone: a wrong method is answered 405 there.</summary>
internal static class IngressActions
{
    public static RestateAction Of(PathSegments path) => path switch
    {
        ["restate", "health"] => RestateAction.ListCallableServices,
        ["restate", "awakeables" or "a", _, "resolve"] => RestateAction.ResolveAwakeable,
        ["restate", "awakeables" or "a", _, "reject"] => RestateAction.RejectAwakeable,
        ["restate", "call", _, _] or ["restate", "call", _, _, _] => RestateAction.Call,
        ["restate", "send", _, _] or ["restate", "send", _, _, _] => RestateAction.Send,
        ["restate", "scope", _, "call", _, _] or ["restate", "scope", _, "call", _, _, _] => RestateAction.Call,
        ["restate", "scope", _, "send", _, _] or ["restate", "scope", _, "send", _, _, _] => RestateAction.Send,
        ["restate", "invocation", _, var last] => AttachOrOutput(last),
        ["restate", "invocation", _, _, _, var last] => AttachOrOutput(last),
        ["restate", "invocation", _, _, _, _, var last] => AttachOrOutput(last),
        ["restate", "workflow", _, _, var last] => AttachOrOutput(last),
        ["restate", "attach"] or ["restate", "attach", _] => RestateAction.Attach,
        ["restate", "output"] or ["restate", "output", _] => RestateAction.GetOutput,
        ["restate", "lookup"] => RestateAction.Lookup,
        ["restate", ..] or ["openapi", ..] => RestateAction.Unknown,
        [_, _, "send"] or [_, _, _, "send"] => RestateAction.Send,
        [_, _] or [_, _, _] => RestateAction.Call,
        _ => RestateAction.Unknown,
    };

    private static RestateAction AttachOrOutput(ReadOnlySpan<char> verb) => verb switch
    {
        "attach" => RestateAction.Attach,
        "output" => RestateAction.GetOutput,
        _ => RestateAction.Unknown,
    };
}
