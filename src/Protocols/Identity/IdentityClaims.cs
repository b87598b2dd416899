namespace RestateCloud.Protocols.Identity;

/// <summary>What a request identity token says.</summary>
/// <param name="KeyId">The key that has signed it, <c>publickeyv1_…</c></param>
/// <param name="Audience">The end of the path that is called.</param>
/// <param name="NotBefore">From when on it holds, in seconds of Unix time.</param>
/// <param name="Expires">When it holds no longer.</param>
internal sealed record IdentityClaims(string KeyId, string? Audience, long NotBefore, long Expires)
{
    /// <summary>Whether it is for this path and this time.</summary>
    public bool Hold(ReadOnlySpan<char> path, DateTimeOffset now) => IsInTime(now.ToUnixTimeSeconds()) && IsEndOf(path);

    private bool IsInTime(long seconds) => NotBefore <= seconds && seconds < Expires;

    private bool IsEndOf(ReadOnlySpan<char> path) => Audience is ['/', _, ..] && path.EndsWith(Audience, StringComparison.Ordinal);
}
