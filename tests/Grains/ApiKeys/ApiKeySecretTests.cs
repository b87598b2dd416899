using RestateCloud.Grains.ApiKeys;
using RestateCloud.Grains.Identifiers;

namespace RestateCloud.Grains.Tests.ApiKeys;

public sealed class ApiKeySecretTests
{
    [Fact]
    public void A_secret_names_its_key()
    {
        var keyId = ResourceId.New(ResourceId.ApiKey);

        var secret = ApiKeySecret.New(keyId);

        Assert.Matches(@"^key_[a-z0-9]{20}\.[A-Za-z0-9]{43}$", secret);
        Assert.Equal(keyId, ApiKeySecret.KeyIdOf(secret));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("key_0123456789abcdefghjk")]
    [InlineData("key_0123456789abcdefghjk.")]
    [InlineData("key_0123456789abcdefghjk.short")]
    [InlineData("env_0123456789abcdefghjk.0123456789012345678901234567890123456789012")]
    public void What_has_not_the_form_of_a_secret_names_no_key(string presented) => Assert.Null(ApiKeySecret.KeyIdOf(presented));

    [Fact]
    public void Hashes_of_different_secrets_of_one_key_differ()
    {
        var keyId = ResourceId.New(ResourceId.ApiKey);

        Assert.NotEqual(ApiKeySecret.Hash(ApiKeySecret.New(keyId)), ApiKeySecret.Hash(ApiKeySecret.New(keyId)));
    }

    [Fact]
    public void A_created_key_does_not_show_its_secret_as_text()
    {
        var description = new ApiKeyDescription("key_1", "env_1", "acc_1", ApiKeyRole.FullAccess, ApiKeyState.Active, null, default, null, null);

        Assert.DoesNotContain("hidden", new CreatedApiKey(description, "hidden").ToString());
    }
}
