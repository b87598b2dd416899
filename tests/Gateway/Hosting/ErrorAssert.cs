using System.Net;
using System.Text.Json;

namespace RestateCloud.Gateway.Tests.Hosting;

/// <summary>Checks that an error is in the form of restate-server's own.</summary>
internal static class ErrorAssert
{
    public static async Task IsAsync(HttpResponseMessage answer, HttpStatusCode status, string partOfMessage)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{(int)answer.StatusCode} {text}");
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var error = JsonDocument.Parse(text).RootElement;
        Assert.Equal((int)status, error.GetProperty("code").GetInt32());
        Assert.Contains(partOfMessage, error.GetProperty("message").GetString());
    }
}
