namespace RestateCloud.Gateway.Paths;

/// <summary>Actions that the built-in roles do not tell apart: the columns of the role table.</summary>
[Flags]
internal enum ActionGroup
{
    /// <summary>Not in the table.</summary>
    None = 0,

    /// <summary>Call and send.</summary>
    Invoke = 1,

    /// <summary>Resolve and reject awakeables.</summary>
    CompleteAwakeable = 2,

    /// <summary>Attach, output, lookup, and the health that lists service names.</summary>
    ReadIngress = 4,

    /// <summary>Reading the admin API, SQL included.</summary>
    ReadAdmin = 8,

    /// <summary>Changing something through the admin API.</summary>
    WriteAdmin = 16,

    /// <summary>Opening a tunnel.</summary>
    OpenTunnel = 32,
}

/// <summary>Which action is in which group.</summary>
internal static class ActionGroups
{
    public static ActionGroup Group(this RestateAction action) => action switch
    {
        RestateAction.Unknown => ActionGroup.None,
        RestateAction.Call or RestateAction.Send => ActionGroup.Invoke,
        RestateAction.ResolveAwakeable or RestateAction.RejectAwakeable => ActionGroup.CompleteAwakeable,
        RestateAction.Attach or RestateAction.GetOutput or RestateAction.Lookup or RestateAction.ListCallableServices => ActionGroup.ReadIngress,
        RestateAction.ReadAdmin or RestateAction.Query or RestateAction.DecodeSerde => ActionGroup.ReadAdmin,
        RestateAction.OpenTunnel => ActionGroup.OpenTunnel,
        _ => ActionGroup.WriteAdmin,
    };
}
