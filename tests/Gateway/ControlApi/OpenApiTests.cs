using System.Text.Json.Nodes;
using RestateCloud.Gateway.Tests.Hosting;

namespace RestateCloud.Gateway.Tests.ControlApi;

/// <summary>The document is compared with the table of the public Cloud API, so that neither can drift.</summary>
public sealed class OpenApiTests
{
    private const string Key = "keyId roleId environmentId accountId";

    /// <summary>Operation, its path, request fields and response fields; a field with ? may be absent.</summary>
    public static TheoryData<string, string, string, string> PublicOperations { get; } = new()
    {
        { "GetUserIdentity", "/cloud/GetUserIdentity", "", "userId" },
        { "GetUserLimits", "/cloud/GetUserLimits", "", "accounts" },
        { "ListAccounts", "/cloud/ListAccounts", "", "accounts" },
        { "CreateAccount", "/cloud/CreateAccount", "name", "accountId name" },
        { "UpdateAccount", "/cloud/UpdateAccount", "accountId name?", "accountId name ownershipType?" },
        { "DeleteAccount", "/cloud/DeleteAccount", "accountId", "result" },
        { "DescribeAccount", "/cloud/{accountId}/DescribeAccount", "", "environments" },
        { "GetAccountLimits", "/cloud/{accountId}/GetAccountLimits", "", "freeEnvironments" },
        { "ListAccountSecondaryOwners", "/cloud/{accountId}/ListAccountSecondaryOwners", "", "secondaryOwnersUserIds secondaryOwners" },
        { "AddAccountSecondaryOwner", "/cloud/{accountId}/AddAccountSecondaryOwner", "secondaryOwnerUserId", "secondaryOwnersUserIds" },
        { "RemoveAccountSecondaryOwner", "/cloud/{accountId}/RemoveAccountSecondaryOwner", "secondaryOwnerUserId", "secondaryOwnersUserIds" },
        { "CreateStripePortalSession", "/cloud/{accountId}/CreateStripePortalSession", "returnUrl?", "url" },
        { "CreateEnvironment", "/cloud/{accountId}/CreateEnvironment", "name region? tierId? payment?", "environmentId name" },
        { "ListEnvironments", "/cloud/{accountId}/ListEnvironments", "", "environments" },
        {
            "DescribeEnvironment", "/cloud/{accountId}/DescribeEnvironment", "environmentId",
            "environmentId region name status signingPublicKey apiKeys ingressBaseUrl adminBaseUrl tunnelBaseUrl tunnelSrv proxyBaseUrl tierId"
        },
        { "UpdateEnvironmentTier", "/cloud/{accountId}/UpdateEnvironmentTier", "environmentId tierId payment?", "" },
        { "DestroyEnvironment", "/cloud/{accountId}/DestroyEnvironment", "environmentId", "result" },
        { "CreateApiKey", "/cloud/{accountId}/CreateApiKey", "environmentId roleId description?", $"{Key} apiKey state" },
        { "ListApiKeys", "/cloud/{accountId}/ListApiKeys", "environmentId", "apiKeys" },
        { "DescribeApiKey", "/cloud/{accountId}/DescribeApiKey", "keyId environmentId", $"{Key} state description?" },
        { "DeleteApiKey", "/cloud/{accountId}/DeleteApiKey", "environmentId keyId", "result" },
        { "GetEnvironmentLogs", "/cloud/{accountId}/GetEnvironmentLogs", "environmentId start end", "lines" },
    };

    [Theory]
    [MemberData(nameof(PublicOperations))]
    public async Task An_operation_of_the_public_api_is_described_as_its_table_has_it(string name, string path, string request, string response)
    {
        var document = await Document.Value;
        var operation = document["paths"]![path]!["post"]!;

        Assert.Equal(name, (string)operation["operationId"]!);
        AssertFields(request, Schema(document, operation["requestBody"]!));
        AssertFields(response, Schema(document, operation["responses"]!["200"]!));
        Assert.Equal(request.Split(' ').Any(field => field.Length > 0 && field[^1] != '?'), (bool?)operation["requestBody"]!["required"] ?? false);
        Assert.Equal(path.Contains("{accountId}"), Parameters(operation).Contains("accountId"));
        Assert.Equal(
            name is "CreateAccount" or "CreateEnvironment" or "CreateApiKey", Parameters(operation).Contains("idempotency-key"));
    }

    [Fact]
    public async Task Every_operation_says_what_it_does_and_how_it_fails()
    {
        var document = await Document.Value;

        Assert.Equal(28, document["paths"]!.AsObject().Count);
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            var operation = item!["post"]!;
            Assert.True(((string?)operation["summary"])?.EndsWith('.'), path);
            Assert.NotEmpty(operation["tags"]!.AsArray());
            foreach (var status in new[] { "400", "401", "403", "404", "409", "429", "500", "503" })
            {
                AssertFields("code message", Schema(document, operation["responses"]![status]!));
            }
        }
    }

    [Fact]
    public async Task The_bearer_scheme_is_required_and_enumerations_are_wire_strings()
    {
        var document = await Document.Value;
        var schemas = document["components"]!["schemas"]!;

        var scheme = Assert.Single(document["security"]!.AsArray())!.AsObject().Single().Key;
        Assert.Equal("bearer", (string)document["components"]!["securitySchemes"]![scheme]!["scheme"]!);
        Assert.Equal(["FREE", "STARTER", "BUSINESS", "PREMIUM"], Enumeration(schemas["UpdateEnvironmentTierRequest"]!["properties"]!["tierId"]!));
        Assert.Equal(["PENDING", "ACTIVE", "FAILED", "DELETED"], Enumeration(schemas["DescribeEnvironmentResponse"]!["properties"]!["status"]!));
        Assert.Equal(
            [
                "rst:role::FullAccess", "rst:role::IngressAccess", "rst:role::AdminAccess", "rst:role::CompleteAwakeableAccess",
                "rst:role::TunnelAccess",
            ],
            Enumeration(schemas["CreateApiKeyRequest"]!["properties"]!["roleId"]!));
    }

    private static readonly Lazy<Task<JsonNode>> Document = new(async () =>
    {
        await using var cloud = await TestCloud.StartAsync();
        using var client = Clients.To(cloud.Ports.Api, null);
        return JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!;
    });

    private static JsonNode Schema(JsonNode document, JsonNode holder)
    {
        var reference = (string)holder["content"]!["application/json"]!["schema"]!["$ref"]!;
        return document["components"]!["schemas"]![reference.Split('/')[^1]]!;
    }

    /// <summary>The fields of the table are there and required as it says; fields of our own come on top and are optional in requests.</summary>
    private static void AssertFields(string expected, JsonNode schema)
    {
        var fields = schema["properties"]?.AsObject().Select(field => field.Key).ToArray() ?? [];
        var required = schema["required"]?.AsArray().Select(field => (string)field!).ToArray() ?? [];
        foreach (var field in expected.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.Contains(field.TrimEnd('?'), fields);
            Assert.Equal(!field.EndsWith('?'), required.Contains(field.TrimEnd('?')));
        }
    }

    private static string[] Parameters(JsonNode operation) =>
        operation["parameters"]?.AsArray().Select(parameter => (string)parameter!["name"]!).ToArray() ?? [];

    private static string[] Enumeration(JsonNode schema) => [.. schema["enum"]!.AsArray().Select(value => (string)value!)];
}
