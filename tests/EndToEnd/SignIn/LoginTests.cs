using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.SignIn;

/// <summary><c>restate-cloud login</c>, with a form post in the browser's place.</summary>
public sealed partial class LoginTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_user_who_confirms_in_the_browser_is_signed_in_on_the_command_line()
    {
        await using var cloud = await Cloud.StartAsync("--SignIn:DeviceIntervalSeconds=1");
        using var home = new TemporaryFolder();
        await using var login = ChildProcess.Start(
            "dotnet",
            [Build.Cli, "login", $"{cloud.FirstRun.ApiBaseUrl}"],
            environment: new Dictionary<string, string?> { ["RESTATE_CLI_CONFIG_HOME"] = home.Path, ["RESTATE_CLI_CONFIG"] = null });
        var link = await login.OutputMatchesAsync(Link(), Limit);
        var password = Password().Match(cloud.Output).Groups[1].Value;

        using var browser = new HttpClient();
        using var form = new FormUrlEncodedContent(
            [new("user_code", link.Groups[2].Value), new("email", cloud.FirstRun.Email), new("password", password)]);
        form.Headers.Add("origin", cloud.FirstRun.ApiBaseUrl.GetLeftPart(UriPartial.Authority));
        using var confirmed = await browser.PostAsync(new Uri(link.Groups[1].Value), form);

        Assert.True(confirmed.IsSuccessStatusCode, await confirmed.Content.ReadAsStringAsync());
        Assert.Equal(0, await login.ExitAsync(Limit));
        var token = Token().Match(await File.ReadAllTextAsync(home.File("config.toml"))).Groups[1].Value;
        browser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var whoAmI = await browser.PostAsync(new Uri(cloud.FirstRun.ApiBaseUrl, "/cloud/GetUserIdentity"), null);
        Assert.Contains(cloud.FirstRun.UserId, await whoAmI.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_is_not_a_cloud_is_told_in_a_sentence()
    {
        await using var login = ChildProcess.Start("dotnet", [Build.Cli, "login", "http://127.0.0.1:1"]);

        Assert.Equal(1, await login.ExitAsync(Limit));
        Assert.DoesNotContain("   at ", login.Output);
    }

    [GeneratedRegex(@"Open (http://[^\s?]+)\?user_code=(\S+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"password\s+(\S+)")]
    private static partial Regex Password();

    [GeneratedRegex("access_token = \"([^\"]+)\"")]
    private static partial Regex Token();
}
