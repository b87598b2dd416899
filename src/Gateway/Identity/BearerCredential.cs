using Microsoft.AspNetCore.Http;

namespace RestateCloud.Gateway.Identity;

/// <summary>Reads <c>authorization: Bearer</c> (RFC 6750, section 2.1), the one way that the official tools send credentials.</summary>
internal static class BearerCredential
{
    /// <summary>Access tokens are a few hundred characters; more than this is nobody's credential.</summary>
    public const int MaximumLength = 4096;

    private const string Scheme = "Bearer ";

    /// <summary>The credential's text, or why there is none.</summary>
    public static AuthenticationFailure TryRead(IHeaderDictionary headers, out Credential credential)
    {
        credential = default;
        var values = headers.Authorization;
        if (values.Count == 0) return AuthenticationFailure.Missing;
        if (values is not [{ } header] || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return AuthenticationFailure.Malformed;

        credential = new(header, header.AsMemory(Scheme.Length).Trim(' '));
        return IsToken68(credential.Text.Span) ? AuthenticationFailure.None : AuthenticationFailure.Malformed;
    }

    private static bool IsToken68(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaximumLength && !text.ContainsAnyExceptInRange('!', '~') && !text.Contains(',');
}

/// <summary>What a client presents.</summary>
/// <param name="Header">The whole value of the header.</param>
/// <param name="Text">The credential in it.</param>
internal readonly record struct Credential(string Header, ReadOnlyMemory<char> Text);
