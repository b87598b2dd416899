using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Cluster.Azure.Tests.Accounts;

public sealed class IdentityTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // App Service's way of giving a process the tokens of its managed identity.
    private const string Header = "only this machine's processes know it";

    [Fact]
    public async Task An_account_is_used_as_the_managed_identity_of_the_process()
    {
        using var folder = new TemporaryFolder();
        await using var azurite = await Azurite.StartForIdentitiesAsync();
        await using var identity = await IdentityEndpointAsync();
        var (blobs, tables) = azurite.NewAccountUris();
        await using var export = ChildProcess.Start(
            Path.Combine(AppContext.BaseDirectory, "restate-cloud-silo"),
            [
                "export", folder.File("cloud.age"), "--data", folder.Path, "--Cluster:Storage=AzureStorage",
                $"--Cluster:AzureStorage:BlobServiceUri={blobs}", $"--Cluster:AzureStorage:TableServiceUri={tables}",
            ],
            environment: new Dictionary<string, string?>
            {
                ["IDENTITY_ENDPOINT"] = $"{identity.Urls.Single()}/token",
                ["IDENTITY_HEADER"] = Header,
                ["SSL_CERT_FILE"] = azurite.CertificateFile,
            });
        await export.WriteAsync("correct horse battery\n");
        export.CloseInput();

        Assert.True(await export.ExitAsync(Limit) == 0, export.Output);
        Assert.Contains("Wrote 0 records", export.Output);
    }

    private static async Task<WebApplication> IdentityEndpointAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var endpoint = builder.Build();
        endpoint.MapGet("/token", (HttpRequest request, string resource) =>
            request.Headers["X-IDENTITY-HEADER"] == Header ? Results.Json(TokenFor(resource)) : Results.Unauthorized());
        await endpoint.StartAsync();
        return endpoint;
    }

    private static Dictionary<string, string> TokenFor(string resource)
    {
        var expires = DateTime.UtcNow.AddHours(1);
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "https://sts.windows.net/some-tenant/",
            Audience = resource,
            Expires = expires,
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(new byte[32]), SecurityAlgorithms.HmacSha256),
        });
        return new()
        {
            ["access_token"] = token,
            ["expires_on"] = new DateTimeOffset(expires).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["resource"] = resource,
            ["token_type"] = "Bearer",
        };
    }
}
