using RestateCloud.Gateway.Paths;

namespace RestateCloud.Gateway.Tests.Paths;

public sealed class AdminActionsTests
{
    [Theory]
    [InlineData("GET", "/deployments", nameof(RestateAction.ReadAdmin))]
    [InlineData("GET", "/", nameof(RestateAction.ReadAdmin))]
    [InlineData("GET", "/ui/index.html", nameof(RestateAction.ReadAdmin))]
    [InlineData("HEAD", "/version", nameof(RestateAction.ReadAdmin))]
    [InlineData("POST", "/query", nameof(RestateAction.Query))]
    [InlineData("POST", "/internal/services/Greeter/serdes/decode/json", nameof(RestateAction.DecodeSerde))]
    [InlineData("POST", "/internal/services/Greeter/serdes/decode/a/b", nameof(RestateAction.DecodeSerde))]
    [InlineData("POST", "/internal/services/Greeter/serdes/encode/json", nameof(RestateAction.EncodeSerde))]
    [InlineData("POST", "/deployments", nameof(RestateAction.RegisterDeployment))]
    [InlineData("PUT", "/deployments/dp_1", nameof(RestateAction.UpdateDeployment))]
    [InlineData("PATCH", "/deployments/dp_1", nameof(RestateAction.UpdateDeployment))]
    [InlineData("DELETE", "/deployments/dp_1", nameof(RestateAction.DeleteDeployment))]
    [InlineData("PATCH", "/services/Greeter", nameof(RestateAction.ModifyService))]
    [InlineData("POST", "/services/Greeter/state", nameof(RestateAction.ModifyServiceState))]
    [InlineData("DELETE", "/invocations/inv_1", nameof(RestateAction.DeleteInvocation))]
    [InlineData("PATCH", "/invocations/inv_1/cancel", nameof(RestateAction.CancelInvocation))]
    [InlineData("PATCH", "/invocations/inv_1/kill", nameof(RestateAction.KillInvocation))]
    [InlineData("PATCH", "/invocations/inv_1/pause", nameof(RestateAction.PauseInvocation))]
    [InlineData("PATCH", "/invocations/inv_1/purge", nameof(RestateAction.PurgeInvocation))]
    [InlineData("PATCH", "/invocations/inv_1/purge-journal", nameof(RestateAction.PurgeJournal))]
    [InlineData("PATCH", "/invocations/inv_1/restart-as-new", nameof(RestateAction.RestartInvocationAsNew))]
    [InlineData("PATCH", "/invocations/inv_1/resume", nameof(RestateAction.ResumeInvocation))]
    [InlineData("POST", "/internal/invocations_batch_operations/kill", nameof(RestateAction.BatchInvocations))]
    [InlineData("POST", "/kafka-clusters", nameof(RestateAction.ChangeKafkaCluster))]
    [InlineData("DELETE", "/kafka-clusters/k", nameof(RestateAction.ChangeKafkaCluster))]
    [InlineData("POST", "/subscriptions", nameof(RestateAction.ChangeSubscription))]
    [InlineData("DELETE", "/subscriptions/sub_1", nameof(RestateAction.ChangeSubscription))]
    [InlineData("PUT", "/limits/rules", nameof(RestateAction.ChangeLimitRules))]
    [InlineData("PATCH", "/vqueues/v/pause", nameof(RestateAction.PauseVQueue))]
    [InlineData("PATCH", "/vqueues/v/resume", nameof(RestateAction.ResumeVQueue))]
    public void A_documented_request_is_its_action_with_and_without_a_version(string method, string path, string action)
    {
        Assert.Equal(action, Of(method, path));
        foreach (var version in new[] { "/v2", "/v3", "/v4" }) Assert.Equal(action, Of(method, version + path));
    }

    [Theory]
    [InlineData("POST", "/")]
    [InlineData("POST", "/Query")]
    [InlineData("POST", "/query/x")]
    [InlineData("PUT", "/query")]
    [InlineData("POST", "/v1/query")]
    [InlineData("POST", "/v5/query")]
    [InlineData("POST", "/v3/v3/query")]
    [InlineData("DELETE", "/deployments")]
    [InlineData("PATCH", "/invocations/inv_1")]
    [InlineData("PATCH", "/invocations/inv_1/explode")]
    [InlineData("POST", "/internal/services/Greeter/serdes/decode")]
    [InlineData("POST", "/cluster-health")]
    [InlineData("TRACE", "/deployments")]
    public void Any_other_request_is_unknown(string method, string path) => Assert.Equal(nameof(RestateAction.Unknown), Of(method, path));

    private static string Of(string method, string path) => AdminActions.Of(method, path).ToString();
}
