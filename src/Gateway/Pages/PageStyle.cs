using System.Security.Cryptography;
using System.Text;

namespace RestateCloud.Gateway.Pages;

/// <summary>The one style sheet of all pages, inside each page, so that a page is one response and needs nothing else.</summary>
internal static class PageStyle
{
    /// <summary>The style sheet.</summary>
    public static string Css { get; } = Read();

    /// <summary>The content security policy's name for it: no other style applies.</summary>
    public static string Source { get; } = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}'";

    private static string Read()
    {
        using var sheet = new StreamReader(typeof(PageStyle).Assembly.GetManifestResourceStream(typeof(PageStyle), "page.css")!);
        return sheet.ReadToEnd();
    }
}
