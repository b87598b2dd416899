namespace RestateCloud.Cedar.Tests.Oracle;

/// <summary>
/// The choices a generator makes, recorded: the same ones give the same program again, and fewer or smaller ones a simpler
/// program. Generators put the simplest of their alternatives first.
/// </summary>
internal sealed class Choices
{
    private const int SpoilingInterval = 60;

    private readonly Random? _random;
    private readonly List<int> _made;
    private int _next;

    /// <summary>Fresh choices from a seed.</summary>
    public Choices(int seed) => (_random, _made) = (new Random(seed), []);

    /// <summary>Choices made before; after the last one, the first alternative of everything.</summary>
    public Choices(IEnumerable<int> made) => _made = [.. made];

    /// <summary>What was chosen so far.</summary>
    public IReadOnlyList<int> Made => _made[.._next];

    /// <summary>A number below a bound.</summary>
    public int Below(int bound)
    {
        if (_next == _made.Count) _made.Add(_random?.Next(bound) ?? 0);
        return Math.Min(_made[_next++], bound - 1);
    }

    /// <summary>Whether something that happens once in so many times happens; not, if in doubt.</summary>
    public bool Once(int times) => Below(times) == times - 1;

    /// <summary>Usually one of some alternatives; of the others, which spoil a whole program, once in a while.</summary>
    public T Mostly<T>(ReadOnlySpan<T> usual, ReadOnlySpan<T> spoiling) => Once(SpoilingInterval) ? Of(spoiling) : Of(usual);

    public T Of<T>(params ReadOnlySpan<T> alternatives) => alternatives[Below(alternatives.Length)];

    /// <summary>Up to so many of something, fewer being more likely.</summary>
    public List<T> Some<T>(int most, Func<T> make)
    {
        var list = new List<T>();
        while (list.Count < most && Below(3) > 0) list.Add(make());
        return list;
    }
}
