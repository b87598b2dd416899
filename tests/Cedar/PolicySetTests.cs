namespace RestateCloud.Cedar.Tests;

public sealed class PolicySetTests
{
    [Fact]
    public void Ids_number_the_policies_of_a_text_whatever_their_annotations()
    {
        var set = PolicySet.Parse("@id(\"mine\") permit(principal, action, resource); @flag forbid(principal == ?principal, action, resource);");

        Assert.Equal(["policy0", "policy1"], set.Policies.Select(policy => policy.Id));
        Assert.Equal("mine", set.Policies[0].Annotations["id"]);
        Assert.Equal("", set.Policies[1].Annotations["flag"]);
        Assert.True(set.Policies[1].IsTemplate);
        Assert.Equal(Effect.Forbid, set.Policies[1].Effect);
    }

    [Fact]
    public void A_set_with_templates_and_links_survives_JSON()
    {
        var set = PolicySet.Parse("permit(principal, action, resource) unless { context.locked }; permit(principal in ?principal, action, resource is R in ?resource);")
            .WithLink("policy1", "link", new EntityUid("A", "\"é"), new EntityUid("R", ""));

        var read = PolicySet.ParseJson(set.ToJson());

        Assert.Equal(set.ToJson(), read.ToJson());
        Assert.True(read.TryGet("link", out var link));
        Assert.Equal("policy1", link.TemplateId);
        Assert.Equal(set.ToString(), PolicySet.Parse(read.ToString()).ToString());
    }

    [Fact]
    public void An_id_may_not_come_twice()
    {
        var policy = Policy.Parse("permit(principal, action, resource);", "same");

        Assert.Throws<ArgumentException>(() => PolicySet.Of(policy, policy));
        Assert.Throws<ArgumentException>(() => PolicySet.Of(policy).With(policy));
    }

    [Theory]
    [InlineData("[]", "expected an object")]
    [InlineData("""{"effect":"allow","principal":{"op":"All"},"action":{"op":"All"},"resource":{"op":"All"},"conditions":[]}""", "permit or forbid")]
    [InlineData("""{"effect":"permit","principal":{"op":"All"},"action":{"op":"All"},"resource":{"op":"All"}}""", "`conditions` is missing")]
    [InlineData("""{"effect":"permit","principal":{"op":"<"},"action":{"op":"All"},"resource":{"op":"All"},"conditions":[]}""", "$.principal.op")]
    [InlineData("""{"effect":"permit","principal":{"op":"==","slot":"?resource"},"action":{"op":"All"},"resource":{"op":"All"},"conditions":[]}""", "?resource")]
    [InlineData("""{"effect":"permit","principal":{"op":"All"},"action":{"op":"==","entity":{"type":"User","id":"a"}},"resource":{"op":"All"},"conditions":[]}""", "Action")]
    [InlineData("""{"effect":"permit","principal":{"op":"All"},"action":{"op":"All"},"resource":{"op":"All"},"conditions":[{"kind":"when","body":{"<>":{"left":{"Value":1},"right":{"Value":1}}}}]}""", "$.conditions[0].body.<>")]
    [InlineData("""{"effect":"permit","principal":{"op":"All"},"action":{"op":"All"},"resource":{"op":"All"},"conditions":[{"kind":"when","body":{"Slot":"?principal"}}]}""", "slots")]
    [InlineData("""{"effect":"permit","principal":{"op":"All"},"action":{"op":"All"},"resource":{"op":"All"},"conditions":[],"more":1}""", "`more`")]
    public void JSON_that_is_no_policy_is_refused_with_its_place(string json, string message) =>
        Assert.Contains(message, Assert.Throws<CedarParseException>(() => Policy.ParseJson(json)).Message);
}
