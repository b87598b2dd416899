namespace RestateCloud.Cedar.Expressions;

/// <summary>How the variables are written, in policies and in the JSON format alike.</summary>
internal static class VariableNames
{
    public static string Name(RequestVariable variable) => variable switch
    {
        RequestVariable.Principal => "principal",
        RequestVariable.Action => "action",
        RequestVariable.Resource => "resource",
        _ => "context",
    };

    public static RequestVariable? Find(ReadOnlySpan<char> name) => name switch
    {
        "principal" => RequestVariable.Principal,
        "action" => RequestVariable.Action,
        "resource" => RequestVariable.Resource,
        "context" => RequestVariable.Context,
        _ => null,
    };
}
