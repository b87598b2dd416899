using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.Paths;

namespace RestateCloud.Gateway.Tests.Paths;

public sealed class ActionClassifierTests
{
    [Theory]
    [InlineData(PortRole.Ingress, "/%72estate/awakeables/x/resolve")]
    [InlineData(PortRole.Ingress, "/restate/%61wakeables/x/resolve")]
    [InlineData(PortRole.Ingress, "/restate/awakeables/x/r%65solve")]
    [InlineData(PortRole.Ingress, "/Greeter/greet/s%65nd")]
    [InlineData(PortRole.Admin, "/%71uery")]
    [InlineData(PortRole.Admin, "/%76%33/query")]
    [InlineData(PortRole.Admin, "/v3%2f/query")]
    public void A_word_of_the_api_in_disguise_is_refused(PortRole role, string target) =>
        Assert.Equal(StatusCodes.Status400BadRequest, ActionClassifier.Classify(role, "POST", target, out _)?.StatusCode);

    [Theory]
    [InlineData("/Cart/%72estate/add", nameof(RestateAction.Call))]
    [InlineData("/restate/awakeables/sign%5F1abc/resolve", nameof(RestateAction.ResolveAwakeable))]
    [InlineData("/restate/workflow/Signup/a%20b/output", nameof(RestateAction.GetOutput))]
    public void An_encoded_key_is_a_key(string target, string action)
    {
        Assert.Null(ActionClassifier.Classify(PortRole.Ingress, "POST", target, out var found));
        Assert.Equal(action, found.ToString());
    }

    [Fact]
    public void The_query_plays_no_part()
    {
        Assert.Null(ActionClassifier.Classify(PortRole.Ingress, "GET", "/A/b?x=/restate/awakeables/x/resolve", out var found));
        Assert.Equal(RestateAction.Call, found);
    }
}
