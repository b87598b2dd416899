using System.Diagnostics;
using System.Net;

namespace RestateCloud.Gateway.Tests.SignIn;

public sealed class PasswordTests(SignInFixture fixture) : IClassFixture<SignInFixture>
{
    [Fact]
    public async Task An_unknown_user_and_a_wrong_password_get_the_same_answer_in_the_same_time()
    {
        using var browser = new Browser(fixture.Cloud);
        var page = await browser.GetAsync(Browser.LoginPath());

        var (wrong, wrongTime) = await TimedAsync(SignInFixture.Email);
        var (unknown, unknownTime) = await TimedAsync("nobody@example.com");
        var (malformed, _) = await TimedAsync("nobody");

        Assert.Equal(HttpStatusCode.Forbidden, wrong.Status);
        Assert.Equal(wrong.Text.Replace(SignInFixture.Email, ""), unknown.Text.Replace("nobody@example.com", ""));
        Assert.Equal(wrong.Text.Replace(SignInFixture.Email, ""), malformed.Text.Replace("nobody", ""));
        Assert.True(wrongTime >= TimeSpan.FromMilliseconds(450) && unknownTime >= TimeSpan.FromMilliseconds(450), $"{wrongTime} {unknownTime}");

        async Task<(Answer, TimeSpan)> TimedAsync(string email)
        {
            var clock = Stopwatch.StartNew();
            return (await browser.SubmitAsync(page, Browser.Credentials(email, "wrong password")), clock.Elapsed);
        }
    }

    [Theory]
    [InlineData("grace@example.com", SignInFixture.Password, true)]
    [InlineData(" GRACE@EXAMPLE.COM ", SignInFixture.Password, true)]
    [InlineData(SignInFixture.Email, "Correct horse battery", false)]
    [InlineData(SignInFixture.Email, "", false)]
    [InlineData("", SignInFixture.Password, false)]
    public async Task Addresses_are_compared_without_case_and_passwords_exactly(string email, string password, bool right)
    {
        using var browser = new Browser(fixture.Cloud);

        var answer = await browser.SubmitAsync(await browser.GetAsync(Browser.LoginPath()), Browser.Credentials(email, password));

        Assert.Equal(right ? HttpStatusCode.SeeOther : HttpStatusCode.Forbidden, answer.Status);
    }

    [Theory]
    [InlineData(SignInFixture.Email)]
    [InlineData("nobody@example.com")]
    public async Task After_ten_attempts_on_a_user_even_the_right_password_waits_whether_or_not_the_user_exists(string email)
    {
        await using var cloud = await SignInFixture.StartAsync(fixture.UserId);
        using var browser = new Browser(cloud);
        var page = await browser.GetAsync(Browser.LoginPath());

        var guesses = await Task.WhenAll(Enumerable.Range(0, 15).Select(i => browser.SubmitAsync(page, Browser.Credentials(email, $"guess {i}"))));
        var right = await browser.SubmitAsync(page, Browser.Credentials(email));
        var inOtherCase = await browser.SubmitAsync(page, Browser.Credentials(email.ToUpperInvariant()));

        Assert.Equal(10, guesses.Count(answer => answer.Status == HttpStatusCode.Forbidden));
        Assert.Equal(5, guesses.Count(answer => answer.Status == HttpStatusCode.TooManyRequests));
        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests), (right.Status, inOtherCase.Status));
        Assert.NotNull(right.Headers.RetryAfter);
    }

    [Fact]
    public async Task One_network_address_tries_only_so_many_users_and_devices()
    {
        await using var cloud = await SignInFixture.StartAsync(fixture.UserId, new() { ["SignIn:AttemptsPerAddress"] = "5" });
        using var browser = new Browser(cloud);
        var page = await browser.GetAsync(Browser.LoginPath());

        var guesses = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => browser.SubmitAsync(page, Browser.Credentials($"user{i}@example.com", "guess"))));
        var device = await browser.PostAsync("/user_management/authorize/device", [new("client_id", "restate-cli")]);

        Assert.Equal(3, guesses.Count(answer => answer.Status == HttpStatusCode.TooManyRequests));
        Assert.Equal(HttpStatusCode.TooManyRequests, device.Status);
    }
}
