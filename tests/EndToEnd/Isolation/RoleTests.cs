using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using RestateCloud.EndToEnd.Tests.ControlPlane;
using RestateCloud.EndToEnd.Tests.Services;

namespace RestateCloud.EndToEnd.Tests.Isolation;

/// <summary>What a key's role opens and what it does not, on a real environment.</summary>
public sealed class RoleTests(Workbench workbench) : IClassFixture<Workbench>
{
    [Theory]
    [InlineData(Roles.Full, true, true, true, true)]
    [InlineData(Roles.Ingress, true, true, false, false)]
    [InlineData(Roles.Admin, false, false, true, true)]
    [InlineData(Roles.CompleteAwakeable, false, true, false, false)]
    [InlineData(Roles.Tunnel, false, false, false, false)]
    public async Task A_role_opens_what_the_table_says_and_nothing_else(string role, bool call, bool awakeable, bool read, bool write)
    {
        var key = (await workbench.Environment.KeyAsync(role)).ApiKey;
        using var ingress = workbench.Environment.IngressAs(key);
        using var admin = workbench.Environment.AdminAs(key);

        Assert.Equal(call, await PassesAsync(ingress, HttpMethod.Post, "Bench/double", 1));
        Assert.Equal(call, await PassesAsync(ingress, HttpMethod.Post, "Bench/double/send", 1));
        Assert.Equal(call, await PassesAsync(ingress, HttpMethod.Get, "Counter/roles/total"));
        Assert.Equal(call, await PassesAsync(ingress, HttpMethod.Get, "restate/workflow/Order/nobody/output"));
        Assert.Equal(awakeable, await PassesAsync(ingress, HttpMethod.Post, "restate/awakeables/sign_1nobody/resolve", 1));
        Assert.Equal(read, await PassesAsync(admin, HttpMethod.Get, "services"));
        Assert.Equal(read, await PassesAsync(admin, HttpMethod.Post, "query", new { query = "select 1" }));
        Assert.Equal(write, await PassesAsync(admin, HttpMethod.Post, "services/Counter/state", new { object_key = "roles", new_state = new { } }));
        Assert.Equal(write, await PassesAsync(admin, HttpMethod.Delete, "v3/deployments/dp_nobody"));
    }

    [Theory]
    [InlineData("/restate/awakeables/../../Bench/double")]
    [InlineData("/restate/awakeables/%2e%2e/%2E%2e/Bench/double")]
    [InlineData("/restate/awakeables/..%2f..%2fBench%2fdouble/resolve")]
    [InlineData("/restate/awakeables/x/resolve/../../../../Bench/double")]
    [InlineData("//Bench/double")]
    [InlineData("/./Bench/double")]
    [InlineData("/restate//call/Bench/double")]
    [InlineData("/RESTATE/awakeables/x/resolve")]
    [InlineData("/restate/awakeables/x/Resolve")]
    [InlineData("/restate/awakeables/x/resolve;/Bench/double")]
    [InlineData("/restate\\awakeables\\x\\resolve")]
    [InlineData("/Bench/double?/restate/awakeables/x/resolve")]
    [InlineData("/Bench/double#/restate/awakeables/x/resolve")]
    [InlineData("http://127.0.0.1/Bench/double")]
    [InlineData("/%42ench/double")]
    [InlineData("/restate%2fawakeables%2fx%2fresolve")]
    [InlineData("/Bench/double/%00")]
    [InlineData("/%c0%ae%c0%ae/Bench/double")]
    public async Task No_spelling_of_a_path_reaches_what_a_key_for_awakeables_may_not(string target)
    {
        var key = (await workbench.Environment.KeyAsync(Roles.CompleteAwakeable)).ApiKey;
        var before = await InvocationsAsync();

        var status = await RawStatusAsync(workbench.Environment.Description.IngressBaseUrl, target, key);

        Assert.True(status is 400 or 403 or 404, $"{target} was answered with {status}");
        Assert.Equal(before, await InvocationsAsync());
    }

    [Theory]
    [InlineData("/health/../deployments")]
    [InlineData("/V3/deployments")]
    [InlineData("//query")]
    [InlineData("/%71uery")]
    [InlineData("/ui/../query")]
    public async Task No_spelling_of_a_path_reaches_the_admin_api_with_a_key_for_the_ingress(string target)
    {
        var key = (await workbench.Environment.KeyAsync(Roles.Ingress)).ApiKey;

        var status = await RawStatusAsync(workbench.Environment.Description.AdminBaseUrl, target, key);

        Assert.True(status is 400 or 403, $"{target} was answered with {status}");
    }

    private async Task<int> InvocationsAsync() =>
        (await workbench.Environment.QueryAsync("select id from sys_invocation where target like 'Bench%'")).Length;

    /// <summary>Whether the gateway let a request through; what the environment then says is its own affair.</summary>
    private static async Task<bool> PassesAsync(HttpClient client, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await client.SendAsync(request);
        Assert.NotEqual(HttpStatusCode.Unauthorized, response.StatusCode);
        return response.StatusCode != HttpStatusCode.Forbidden;
    }

    /// <summary>Sends a request target as it stands; HttpClient would put it in order first.</summary>
    private static async Task<int> RawStatusAsync(Uri baseUrl, string target, string key)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(baseUrl.Host, baseUrl.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(
            $"POST {target} HTTP/1.1\r\nhost: {baseUrl.Authority}\r\nauthorization: Bearer {key}\r\ncontent-type: application/json\r\ncontent-length: 1\r\nconnection: close\r\n\r\n1"));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var statusLine = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        return int.Parse(statusLine!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
