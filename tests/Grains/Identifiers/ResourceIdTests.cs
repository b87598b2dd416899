using RestateCloud.Grains.Identifiers;

namespace RestateCloud.Grains.Tests.Identifiers;

public sealed class ResourceIdTests
{
    [Fact]
    public void A_new_id_is_valid_for_its_kind_only()
    {
        var id = ResourceId.New(ResourceId.Environment);

        Assert.StartsWith("env_", id);
        Assert.True(ResourceId.IsValid(ResourceId.Environment, id));
        Assert.False(ResourceId.IsValid(ResourceId.Account, id));
    }

    [Fact]
    public void A_bare_id_is_a_host_name_label_and_leads_back_to_the_id()
    {
        var id = ResourceId.New(ResourceId.Environment);

        Assert.Matches("^[a-z0-9]{20}$", ResourceId.Bare(id));
        Assert.Equal(id, ResourceId.FromBare(ResourceId.Bare(id)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("env_")]
    [InlineData("env_0123456789abcdefghj")]
    [InlineData("env_0123456789abcdefghjkm")]
    [InlineData("env_0123456789ABCDEFGHJK")]
    [InlineData("env_0123456789abcdefgh/k")]
    [InlineData("env-0123456789abcdefghjk")]
    [InlineData("acc_0123456789abcdefghjk")]
    public void What_is_not_an_id_is_not_taken_for_one(string text) => Assert.False(ResourceId.IsValid(ResourceId.Environment, text));

    [Fact]
    public void Ids_do_not_repeat() =>
        Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(_ => ResourceId.New(ResourceId.User)).Distinct().Count());
}
