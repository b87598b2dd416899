using RestateCloud.Grains.Errors;
using RestateCloud.Grains.Identifiers;

namespace RestateCloud.Grains.Tests.Identifiers;

public sealed class ResourceNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("dev")]
    [InlineData("Team A (staging)")]
    [InlineData("größe")]
    public void An_ordinary_name_is_taken_as_it_is(string name) => Assert.Equal(name, ResourceName.Check(name, "account"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("a/b")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    public void A_name_that_would_confuse_people_or_programs_is_refused(string? name) =>
        Assert.Equal(CloudError.Invalid, Assert.Throws<CloudException>(() => ResourceName.Check(name, "account")).Error);

    [Fact]
    public void A_name_has_64_characters_at_most()
    {
        ResourceName.Check(new string('x', 64), "account");
        Assert.Throws<CloudException>(() => ResourceName.Check(new string('x', 65), "account"));
    }
}
