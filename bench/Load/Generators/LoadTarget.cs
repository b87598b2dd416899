namespace RestateCloud.Load.Generators;

/// <summary>What is asked, and where.</summary>
/// <param name="Url">The whole URL.</param>
/// <param name="UnixSocket">Connect to this socket instead of the URL's address; h2load only.</param>
/// <param name="Key">An API key, or null.</param>
/// <param name="BodyBytes">Size of the JSON string in a POST's body; 0 for a GET.</param>
internal sealed record LoadTarget(Uri Url, string? UnixSocket, string? Key, int BodyBytes)
{
    /// <summary>What else is said about the request.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}
