namespace RestateCloud.Protocols.Identity;

/// <summary>The headers in which restate-server says who calls (observed with 1.7.12).</summary>
public static class RequestIdentityHeaders
{
    /// <summary>The header that names the scheme.</summary>
    public const string SchemeName = "x-restate-signature-scheme";

    /// <summary>The header that holds the token.</summary>
    public const string TokenName = "x-restate-jwt-v1";

    /// <summary>The one scheme there is.</summary>
    public const string Scheme = "v1";
}
