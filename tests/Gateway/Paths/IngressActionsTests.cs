using RestateCloud.Gateway.Paths;

namespace RestateCloud.Gateway.Tests.Paths;

public sealed class IngressActionsTests
{
    [Theory]
    [InlineData("/Greeter/greet", nameof(RestateAction.Call))]
    [InlineData("/Greeter/greet/", nameof(RestateAction.Call))]
    [InlineData("/Greeter/greet/send", nameof(RestateAction.Send))]
    [InlineData("/Cart/key/add", nameof(RestateAction.Call))]
    [InlineData("/Cart/key/add/send", nameof(RestateAction.Send))]
    [InlineData("/restate/call/Greeter/greet", nameof(RestateAction.Call))]
    [InlineData("/restate/call/Cart/key/add", nameof(RestateAction.Call))]
    [InlineData("/restate/send/Greeter/greet", nameof(RestateAction.Send))]
    [InlineData("/restate/send/Cart/key/add", nameof(RestateAction.Send))]
    [InlineData("/restate/scope/s/call/Greeter/greet", nameof(RestateAction.Call))]
    [InlineData("/restate/scope/s/send/Cart/key/add", nameof(RestateAction.Send))]
    [InlineData("/restate/awakeables/sign_1abc/resolve", nameof(RestateAction.ResolveAwakeable))]
    [InlineData("/restate/awakeables/prom_1abc/reject", nameof(RestateAction.RejectAwakeable))]
    [InlineData("/restate/a/sign_1abc/resolve", nameof(RestateAction.ResolveAwakeable))]
    [InlineData("/restate/a/sign_1abc/reject/", nameof(RestateAction.RejectAwakeable))]
    [InlineData("/restate/invocation/inv_1/attach", nameof(RestateAction.Attach))]
    [InlineData("/restate/invocation/inv_1/output", nameof(RestateAction.GetOutput))]
    [InlineData("/restate/invocation/Greeter/greet/k1/attach", nameof(RestateAction.Attach))]
    [InlineData("/restate/invocation/Cart/key/add/k1/output", nameof(RestateAction.GetOutput))]
    [InlineData("/restate/workflow/Signup/key/attach", nameof(RestateAction.Attach))]
    [InlineData("/restate/workflow/Signup/key/output", nameof(RestateAction.GetOutput))]
    [InlineData("/restate/attach", nameof(RestateAction.Attach))]
    [InlineData("/restate/attach/inv_1", nameof(RestateAction.Attach))]
    [InlineData("/restate/output", nameof(RestateAction.GetOutput))]
    [InlineData("/restate/output/inv_1", nameof(RestateAction.GetOutput))]
    [InlineData("/restate/lookup", nameof(RestateAction.Lookup))]
    [InlineData("/restate/health", nameof(RestateAction.ListCallableServices))]
    [InlineData("/Restate/awakeables/x/resolve", nameof(RestateAction.Unknown))]
    [InlineData("/RESTATE/awakeables", nameof(RestateAction.Call))]
    public void A_documented_path_is_its_action(string path, string action) => Assert.Equal(action, Of(path));

    [Theory]
    [InlineData("/")]
    [InlineData("/Greeter")]
    [InlineData("/restate")]
    [InlineData("/restate/")]
    [InlineData("/restate/awakeables")]
    [InlineData("/restate/awakeables/x")]
    [InlineData("/restate/awakeables/x/Resolve")]
    [InlineData("/restate/awakeables/x/resolve/y")]
    [InlineData("/restate/awakeables/x/y/resolve")]
    [InlineData("/restate/call/Greeter")]
    [InlineData("/restate/call/a/b/c/d")]
    [InlineData("/restate/scope/s/attach/a/b")]
    [InlineData("/restate/invocation/inv_1/kill")]
    [InlineData("/restate/invocation/a/b/attach")]
    [InlineData("/restate/workflow/a/attach")]
    [InlineData("/restate/lookup/x")]
    [InlineData("/restate/health/x")]
    [InlineData("/restate/anything")]
    [InlineData("/openapi/x")]
    [InlineData("/a/b/c/d")]
    [InlineData("/a/b/c/d/send")]
    public void Any_other_path_is_unknown(string path) => Assert.Equal(nameof(RestateAction.Unknown), Of(path));

    private static string Of(string path) => IngressActions.Of(new PathSegments(path)).ToString();
}
