using System.Buffers;
using System.Text;
using System.Text.Unicode;
using RestateCloud.Gateway.Errors;

namespace RestateCloud.Gateway.Paths;

/// <summary>
/// What a request asks for, exactly as it came and as it goes on upstream. Refuses every spelling that two programs could read
/// differently, so that what is classified here is what restate-server serves.
/// </summary>
internal readonly ref struct RequestTarget
{
    /// <summary>Longest target in characters, query included.</summary>
    public const int MaximumLength = 8192;

    private static readonly SearchValues<char> Suspicious = SearchValues.Create("%\\");

    private RequestTarget(ReadOnlySpan<char> path, string? decodedPath)
    {
        Path = path;
        DecodedPath = decodedPath;
    }

    /// <summary>The path as it was sent.</summary>
    public ReadOnlySpan<char> Path { get; }

    /// <summary>The path with its percent-escapes decoded, or null when it has none.</summary>
    public string? DecodedPath { get; }

    /// <summary>Takes a target apart.</summary>
    /// <param name="raw">The request line's target, or <c>:path</c>.</param>
    /// <param name="target">The target, when it is not refused.</param>
    /// <returns>Null, or why it is refused.</returns>
    public static Refusal? Parse(string raw, out RequestTarget target)
    {
        target = default;
        if (raw.Length > MaximumLength) return Refusals.TargetTooLong;
        if (!raw.StartsWith('/') || raw.AsSpan().ContainsAnyExceptInRange('!', '~') || raw.Contains('#')) return Refusals.BadTarget;

        var end = raw.IndexOf('?');
        var path = end < 0 ? raw.AsSpan() : raw.AsSpan(0, end);
        var hasEscapes = path.ContainsAny(Suspicious);
        if (HasAmbiguousSegments(path)) return Refusals.AmbiguousPath;
        if (!hasEscapes)
        {
            target = new(path, null);
            return null;
        }

        var decoded = Decode(path);
        if (decoded is null || HasAmbiguousSegments(decoded)) return Refusals.AmbiguousPath;
        target = new(path, decoded);
        return null;
    }

    private static bool HasAmbiguousSegments(ReadOnlySpan<char> path)
    {
        var count = 0;
        var rest = path[1..];
        while (true)
        {
            var slash = rest.IndexOf('/');
            var segment = slash < 0 ? rest : rest[..slash];
            var isLast = slash < 0;
            if (segment is "." or ".." || (segment.IsEmpty && !isLast) || ++count > PathSegments.MaximumCount) return true;
            if (isLast) return false;
            rest = rest[(slash + 1)..];
        }
    }

    /// <summary>The decoded path, or null when it holds an escape that is invalid or hides a slash, a backslash or a control character.</summary>
    private static string? Decode(ReadOnlySpan<char> path)
    {
        Span<byte> utf8 = stackalloc byte[path.Length];
        Span<byte> escaped = stackalloc byte[1];
        var length = 0;
        for (var i = 0; i < path.Length; i++)
        {
            int value = path[i];
            if (value == '\\') return null;
            if (value == '%')
            {
                if (i + 2 >= path.Length || Convert.FromHexString(path.Slice(i + 1, 2), escaped, out _, out _) != OperationStatus.Done) return null;
                value = escaped[0];
                if (value is < ' ' or 0x7F or '/' or '\\') return null;
                i += 2;
            }

            utf8[length++] = (byte)value;
        }

        return Utf8.IsValid(utf8[..length]) ? Encoding.UTF8.GetString(utf8[..length]) : null;
    }
}
