using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace RestateCloud.Gateway.Tests.ControlApi;

public sealed class RequestValidationTests(CloudFixture fixture) : IClassFixture<CloudFixture>
{
    /// <summary>Operation, body, and what the refusal must say.</summary>
    public static TheoryData<string, string, string> BadRequests { get; } = new()
    {
        { "CreateAccount", "", "'name' is missing" },
        { "CreateAccount", "{}", "'name' is missing: it must be a string" },
        { "CreateAccount", "{", "not valid JSON" },
        { "CreateAccount", """{"name":"a"} {}""", "not valid JSON" },
        { "CreateAccount", """{"name":"a",}""", "not valid JSON" },
        { "CreateAccount", "[]", "must be a JSON object" },
        { "CreateAccount", "null", "must be a JSON object" },
        { "CreateAccount", "\"name\"", "must be a JSON object" },
        { "CreateAccount", """{"name":1}""", "'name' must be a string" },
        { "CreateAccount", """{"name":null}""", "'name' must be a string" },
        { "CreateAccount", """{"Name":"a"}""", "'name' is missing" },
        { "CreateAccount", """{"name":"a","name":"b"}""", "'name' is given 2 times" },
        { "CreateAccount", """{"name":"\ud800"}""", "'name' must be a string" },
        { "CreateAccount", """{"name":""}""", "1 to 64 characters" },
        { "CreateAccount", """{"name":"a\u0000b"}""", "control characters" },
        { "CreateEnvironment", """{"name":"a/b"}""", "slashes" },
        { "CreateEnvironment", """{"name":"a","tierId":"GOLD"}""", "'tierId' must be one of FREE, STARTER, BUSINESS, PREMIUM" },
        { "CreateEnvironment", """{"name":"a","tierId":"free"}""", "'tierId' must be one of" },
        { "CreateEnvironment", """{"name":"a","tierId":0}""", "'tierId' must be one of" },
        { "CreateEnvironment", """{"name":"a","tierId":"FREE,STARTER"}""", "'tierId' must be one of" },
        { "CreateEnvironment", """{"name":"a","region":"moon"}""", "choose one of: local" },
        { "CreateEnvironment", """{"name":"a","version":"0.1"}""", "choose one of: 1.7.12" },
        { "CreateApiKey", """{"environmentId":"ENV","roleId":0}""", "'roleId' must be one of rst:role::FullAccess" },
        { "CreateApiKey", """{"environmentId":"ENV","roleId":"FullAccess"}""", "'roleId' must be one of rst:role::FullAccess" },
        { "CreateApiKey", """{"environmentId":"ENV"}""", "'roleId' is missing" },
        { "CreateApiKey", """{"environmentId":"ENV","roleId":"rst:role::FullAccess","expiresAt":"soon"}""", "'expiresAt' must be a date and time" },
        { "CreateApiKey", """{"environmentId":"ENV","roleId":"rst:role::FullAccess","expiresAt":"2020-01-01T00:00:00Z"}""", "in the past" },
        { "DescribeEnvironment", """{"environmentId":{}}""", "'environmentId' must be a string" },
        { "GetEnvironmentLogs", """{"environmentId":"ENV","start":0}""", "'end' is missing" },
        { "GetEnvironmentLogs", """{"environmentId":"ENV","start":0,"end":1.5}""", "'end' must be a whole number" },
        { "GetEnvironmentLogs", """{"environmentId":"ENV","start":0,"end":"9223372036854775808"}""", "'end' must be a whole number" },
        { "GetEnvironmentLogs", """{"environmentId":"ENV","start":-1,"end":1}""", "'start' must not be negative" },
        { "GetEnvironmentLogs", """{"environmentId":"ENV","start":2,"end":1}""", "'end' must not be before 'start'" },
        { "UpdateEnvironmentVersion", """{"environmentId":"ENV","version":"latest"}""", "1.7.12" },
        { "BeginIdentityKeyRotation", "{}", "'environmentId' is missing" },
        { "CompleteIdentityKeyRotation", """{"environmentId":"ENV"}""", "'publicKey' is missing" },
        { "CancelIdentityKeyRotation", """{"environmentId":"ENV","publicKey":null}""", "'publicKey' must be a string" },
        { "CreateStripePortalSession", """{"returnUrl":"javascript:alert(1)"}""", "http or https" },
        { "CreateStripePortalSession", """{"returnUrl":"//evil.example"}""", "http or https" },
        { "CreateStripePortalSession", """{"returnUrl":"https://user:secret@example.com"}""", "http or https" },
        { "AddAccountSecondaryOwner", """{"secondaryOwnerUserId":"nobody"}""", "GetUserIdentity" },
        { "ListEnvironments", "[1]", "must be a JSON object. This operation takes {} or no body" },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task A_bad_request_is_told_what_is_wrong_and_what_to_do(string operation, string body, string saying)
    {
        var tenant = await fixture.Cloud.CreateTenantAsync();
        using var api = await ApiClient.OfAsync(tenant);
        if (body.Contains("ENV")) body = body.Replace("ENV", (await tenant.CreateEnvironmentAsync()).Id);

        var answer = await api.TryAsync(operation == "CreateAccount" ? "/cloud/CreateAccount" : $"/cloud/{tenant.AccountId}/{operation}", body);

        answer.AssertRefused(HttpStatusCode.BadRequest, saying);
        Assert.DoesNotContain("RestateCloud", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_fields_are_ignored_whatever_they_hold()
    {
        using var api = await ApiClient.OfAsync(await fixture.Cloud.CreateTenantAsync());

        var answer = await api.TryAsync("/cloud/CreateAccount", """{"x":{"a":[1,{"a":1,"a":2}]},"name":"named","y":null,"x":1}""");

        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("application/json", "")]
    [InlineData("application/json", "{}")]
    [InlineData("application/json", " \r\n")]
    [InlineData("text/plain", "{}")]
    [InlineData("application/x-www-form-urlencoded", "{}")]
    public async Task An_empty_request_needs_no_body(string? contentType, string? body)
    {
        using var api = await ApiClient.OfAsync(await fixture.Cloud.CreateTenantAsync());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/cloud/ListAccounts");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType!);
        }

        using var response = await api.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_64_KiB_is_refused_with_and_without_its_length_declared(bool declared)
    {
        using var api = await ApiClient.OfAsync(await fixture.Cloud.CreateTenantAsync());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/cloud/CreateAccount")
        {
            Content = new StringContent($$"""{"name":"{{new string('a', 64 * 1024)}}"}"""),
        };
        request.Headers.TransferEncodingChunked = !declared;

        using var response = await api.Http.SendAsync(request, TestContext.Current.CancellationToken);

        (await ApiAnswer.ReadAsync(response)).AssertRefused(HttpStatusCode.BadRequest, "64 KiB");
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("tab\tinside")]
    [InlineData("257")]
    public async Task A_bad_idempotency_key_is_refused(string key)
    {
        if (key == "257") key = new string('k', 257);
        using var api = await ApiClient.OfAsync(await fixture.Cloud.CreateTenantAsync());

        (await api.TryAsync("/cloud/CreateAccount", new { name = "once" }, key)).AssertRefused(HttpStatusCode.BadRequest, "idempotency-key");
    }
}
