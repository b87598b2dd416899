using System.Collections.Immutable;
using System.Text;

namespace RestateCloud.Cedar.Expressions;

/// <summary>The right side of <c>like</c>: literal text between wildcards, each of which matches any text, also none.</summary>
/// <param name="Pieces">
/// The literal texts between wildcards: a pattern of n wildcards has n + 1 pieces, any of which may be empty.
/// </param>
internal sealed record Pattern(ImmutableArray<string> Pieces)
{
    public bool Matches(string text)
    {
        var first = Pieces[0];
        if (Pieces.Length == 1) return text == first;
        var last = Pieces[^1];
        if (text.Length < first.Length + last.Length
            || !text.StartsWith(first, StringComparison.Ordinal)
            || !text.EndsWith(last, StringComparison.Ordinal)) return false;

        // Leftmost matches of the inner pieces leave the most text to those that follow, so no choice is ever taken back.
        var rest = text.AsSpan(first.Length, text.Length - first.Length - last.Length);
        for (var i = 1; i < Pieces.Length - 1; i++)
        {
            var found = rest.IndexOf(Pieces[i], StringComparison.Ordinal);
            if (found < 0) return false;
            rest = rest[(found + Pieces[i].Length)..];
        }

        return true;
    }

    public bool Equals(Pattern? other) => other is not null && Pieces.SequenceEqual(other.Pieces);

    public override int GetHashCode() => HashCode.Combine(Pieces.Length, Pieces[0]);

    internal sealed class Builder
    {
        private readonly ImmutableArray<string>.Builder _pieces = ImmutableArray.CreateBuilder<string>();
        private readonly StringBuilder _piece = new();

        public void AddLiteral(string text) => _piece.Append(text);

        public void AddWildcard()
        {
            _pieces.Add(_piece.ToString());
            _piece.Clear();
        }

        public Pattern Build()
        {
            AddWildcard();
            return new Pattern(_pieces.ToImmutable());
        }
    }
}
