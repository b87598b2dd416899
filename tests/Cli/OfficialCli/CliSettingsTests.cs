using RestateCloud.Cli.OfficialCli;

namespace RestateCloud.Cli.Tests.OfficialCli;

public sealed class CliSettingsTests
{
    private const string File = """
        # written by the official CLI
        [global.cloud]
        api_base_url = "http://127.0.0.1:7600" # here
        access_token = "user-token"

        [dev]
        environment_type = "cloud"
        bearer_token = 'key-token'

        [dev.cloud]
        account_id = "acc_1"
        environment_id = "env_1"

        [other.cloud]
        environment_id = "env_2"
        """;

    [Fact]
    public void The_profile_in_use_says_which_environment_and_the_global_table_which_cloud()
    {
        var settings = CliSettings.Of(TomlTables.Parse(File), "dev", token: null);

        Assert.Equal(new CliSettings(new Uri("http://127.0.0.1:7600"), "user-token", "key-token", "acc_1", "env_1"), settings);
    }

    [Fact]
    public void A_token_in_the_environment_is_what_tunnels_show()
    {
        var settings = CliSettings.Of(TomlTables.Parse(File), "other", "from-variable");

        Assert.Equal(("user-token", "from-variable", null, "env_2"), (settings.AccessToken, settings.Credential, settings.AccountId, settings.EnvironmentId));
    }

    [Fact]
    public void Without_a_file_nobody_is_signed_in()
    {
        Assert.Equal(new CliSettings(null, null, null, null, null), CliSettings.Of(TomlTables.Parse(""), "local", token: null));
    }
}
