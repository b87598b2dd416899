using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RestateCloud.Gateway.Tests.Hosting;

namespace RestateCloud.Gateway.Tests.SignIn;

/// <summary>As much of a browser, and of the CLI beside it, as sign-in needs.</summary>
internal sealed partial class Browser(int port) : IDisposable
{
    public Browser(TestCloud cloud)
        : this(cloud.Ports.Api)
    {
    }

    public const string Callback = "http://localhost:44643/callback";

    private readonly HttpClient _http = Clients.To(port, null);

    public static string LoginPath(string? redirectUri = Callback, string state = "s", string clientId = "restate-cli", string responseType = "code") =>
        $"/login?response_type={responseType}&client_id={clientId}&redirect_uri={Uri.EscapeDataString(redirectUri ?? "")}&state={Uri.EscapeDataString(state)}&scope=openid";

    public async Task<Answer> GetAsync(string path)
    {
        using var response = await _http.GetAsync(path, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Fills in the form of a page and submits it, from this origin unless another is given.</summary>
    public async Task<Answer> SubmitAsync(Answer page, Dictionary<string, string> typed, string? origin = null, string? fetchSite = null)
    {
        var action = Attribute(FormTag().Match(page.Text).Value, "action");
        var fields = InputTag().Matches(page.Text)
            .Select(input => (Name: Attribute(input.Value, "name"), Value: Attribute(input.Value, "value")))
            .ToDictionary(field => field.Name, field => field.Value);
        foreach (var (name, value) in typed) fields[name] = value;
        return await PostAsync(action, fields, origin ?? _http.BaseAddress!.GetLeftPart(UriPartial.Authority), fetchSite);
    }

    /// <summary>Sends a form as a browser does with an origin, and as a program does without.</summary>
    public async Task<Answer> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields, string? origin = null, string? fetchSite = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        if (origin is not null) request.Headers.TryAddWithoutValidation("origin", origin);
        if (fetchSite is not null) request.Headers.TryAddWithoutValidation("sec-fetch-site", fetchSite);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    public static Dictionary<string, string> Credentials(string email = SignInFixture.Email, string password = SignInFixture.Password) =>
        new() { ["email"] = email, ["password"] = password };

    public void Dispose() => _http.Dispose();

    private static string Attribute(string tag, string name) =>
        WebUtility.HtmlDecode(Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<form[^>]*>")]
    private static partial Regex FormTag();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex InputTag();
}

/// <summary>An answer of sign-in.</summary>
internal sealed record Answer(HttpStatusCode Status, string Text, Uri? Location, HttpResponseHeaders Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Error => (string?)Json["error"];

    /// <summary>A parameter of the address that the browser is sent to.</summary>
    public string? LocationParameter(string name) => System.Web.HttpUtility.ParseQueryString(Location!.Query)[name];

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) =>
        new(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Location, response.Headers);
}
