using RestateCloud.Cli.OfficialCli;
using RestateCloud.TestSupport;

namespace RestateCloud.Cli.Tests.OfficialCli;

public sealed class CliConfigurationTests
{
    private static readonly Uri Api = new("http://127.0.0.1:7600/");

    [Fact]
    public async Task A_new_configuration_is_private_and_signed_in()
    {
        using var folder = new TemporaryFolder();
        var configuration = new CliConfiguration(folder.File("restate", "config.toml"));

        await configuration.SignInAsync(Api, "a.b.c", CancellationToken.None);

        Assert.Equal("[global.cloud]\napi_base_url = \"http://127.0.0.1:7600\"\naccess_token = \"a.b.c\"\n", await File.ReadAllTextAsync(configuration.File));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(configuration.File));
    }

    [Fact]
    public void Signing_in_again_keeps_the_profiles()
    {
        const string Profile = "[dev]\nenvironment_type = \"cloud\"\n\n[dev.cloud]\naccount_id = \"acc_1\"";
        var first = CliConfiguration.Replace($"[global.cloud]\naccess_token = \"old\"\n\n{Profile}\n", Api, "new");

        Assert.DoesNotContain("old", first);
        Assert.Contains("access_token = \"new\"", first);
        Assert.Contains(Profile, first);
        Assert.Equal(first, CliConfiguration.Replace(first, Api, "new"));
    }
}
