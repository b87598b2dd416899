using Microsoft.AspNetCore.Http;

namespace RestateCloud.Gateway.Paths;

/// <summary>What a request to the admin API does, with or without a version in front of the path.</summary>
internal static class AdminActions
{
    public static RestateAction Of(string method, ReadOnlySpan<char> path)
    {
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)) return RestateAction.ReadAdmin;

        var segments = new PathSegments(WithoutVersion(path));
        if (HttpMethods.IsPost(method)) return OfPost(segments);
        if (HttpMethods.IsPatch(method)) return OfPatch(segments);
        if (HttpMethods.IsPut(method)) return OfPut(segments);
        return HttpMethods.IsDelete(method) ? OfDelete(segments) : RestateAction.Unknown;
    }

    private static RestateAction OfPost(PathSegments path) => path switch
    {
        ["query"] => RestateAction.Query,
        ["deployments"] => RestateAction.RegisterDeployment,
        ["services", _, "state"] => RestateAction.ModifyServiceState,
        ["kafka-clusters"] => RestateAction.ChangeKafkaCluster,
        ["subscriptions"] => RestateAction.ChangeSubscription,
        ["internal", "services", _, "serdes", "decode", _, ..] => RestateAction.DecodeSerde,
        ["internal", "services", _, "serdes", "encode", _, ..] => RestateAction.EncodeSerde,
        ["internal", "invocations_batch_operations", _] => RestateAction.BatchInvocations,
        _ => OfAnyWrite(path),
    };

    private static RestateAction OfPatch(PathSegments path) => path switch
    {
        ["deployments", _] => RestateAction.UpdateDeployment,
        ["services", _] => RestateAction.ModifyService,
        ["invocations", _, "cancel"] => RestateAction.CancelInvocation,
        ["invocations", _, "kill"] => RestateAction.KillInvocation,
        ["invocations", _, "pause"] => RestateAction.PauseInvocation,
        ["invocations", _, "purge"] => RestateAction.PurgeInvocation,
        ["invocations", _, "purge-journal"] => RestateAction.PurgeJournal,
        ["invocations", _, "restart-as-new"] => RestateAction.RestartInvocationAsNew,
        ["invocations", _, "resume"] => RestateAction.ResumeInvocation,
        ["kafka-clusters", _] => RestateAction.ChangeKafkaCluster,
        ["subscriptions", _] => RestateAction.ChangeSubscription,
        _ => OfAnyWrite(path),
    };

    private static RestateAction OfPut(PathSegments path) => path switch
    {
        ["deployments", _] => RestateAction.UpdateDeployment,
        ["kafka-clusters", _] => RestateAction.ChangeKafkaCluster,
        _ => OfAnyWrite(path),
    };

    private static RestateAction OfDelete(PathSegments path) => path switch
    {
        ["deployments", _] => RestateAction.DeleteDeployment,
        ["invocations", _] => RestateAction.DeleteInvocation,
        ["kafka-clusters", _] => RestateAction.ChangeKafkaCluster,
        ["subscriptions", _] => RestateAction.ChangeSubscription,
        _ => OfAnyWrite(path),
    };

    // Newer parts of the API whose methods are not settled.
    private static RestateAction OfAnyWrite(PathSegments path) => path switch
    {
        ["limits", "rules", ..] => RestateAction.ChangeLimitRules,
        ["vqueues", _, "pause"] => RestateAction.PauseVQueue,
        ["vqueues", _, "resume"] => RestateAction.ResumeVQueue,
        _ => RestateAction.Unknown,
    };

    private static ReadOnlySpan<char> WithoutVersion(ReadOnlySpan<char> path) =>
        path.Length > 3 && path[..4] is "/v2/" or "/v3/" or "/v4/" ? path[3..] : path;
}
