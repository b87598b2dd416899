using System.Diagnostics.CodeAnalysis;

namespace RestateCloud.Gateway.ControlApi.Billing;

/// <summary>Where a page may link back to. It is only ever shown as a link with its host visible; nothing redirects to it.</summary>
internal static class ReturnUrl
{
    /// <summary>The most characters it may have.</summary>
    public const int MaximumLength = 2048;

    /// <summary>The URL, or null when it is not absolute, not http or https, carries credentials, or is too long.</summary>
    public static Uri? Parse([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= MaximumLength }
        && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.UserInfo.Length == 0
            ? url
            : null;
}
