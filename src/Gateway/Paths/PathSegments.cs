using System.Runtime.CompilerServices;

namespace RestateCloud.Gateway.Paths;

/// <summary>
/// A path taken apart at its slashes, for list patterns, without copying. One slash at the end does not count, as restate-server has it
/// on the ingress.
/// </summary>
internal readonly ref struct PathSegments
{
    /// <summary>The longest path of Restate's APIs has 8 segments; files of the admin UI lie a little deeper.</summary>
    public const int MaximumCount = 32;

    private readonly ReadOnlySpan<char> _path;
    private readonly Ranges _ranges;

    /// <param name="path">Starts with a slash; segments beyond the limit are left out: such paths are refused before they get here.</param>
    public PathSegments(ReadOnlySpan<char> path)
    {
        _path = path[1..];
        if (_path.EndsWith('/')) _path = _path[..^1];
        Length = _path.IsEmpty ? 0 : _path.Split(_ranges, '/');
    }

    public int Length { get; }

    public ReadOnlySpan<char> this[int index] => _path[_ranges[index]];

    [InlineArray(MaximumCount)]
    private struct Ranges
    {
        private Range _first;
    }
}
