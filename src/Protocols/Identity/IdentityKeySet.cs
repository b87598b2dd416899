using System.Collections.Immutable;

namespace RestateCloud.Protocols.Identity;

/// <summary>The keys that calls of one environment may be signed with; those that cannot be read are none.</summary>
/// <param name="keys">Each as <c>publickeyv1_…</c>, and from when on it is refused, or null for never.</param>
public sealed class IdentityKeySet(IEnumerable<(string PublicKey, DateTimeOffset? AcceptedUntil)> keys)
{
    private readonly ImmutableArray<Accepted> _keys =
    [
        .. from key in keys
           let parsed = IdentityKey.Parse(key.PublicKey)
           where parsed is not null
           select new Accepted(parsed, key.AcceptedUntil ?? DateTimeOffset.MaxValue),
    ];

    /// <summary>The key of this id (<c>publickeyv1_…</c>) when it is accepted now. Its end is kept even while nobody can be asked.</summary>
    public IdentityKey? Find(string id, DateTimeOffset now)
    {
        foreach (var accepted in _keys)
        {
            if (accepted.Key.Id == id) return now < accepted.Until ? accepted.Key : null;
        }

        return null;
    }

    private readonly record struct Accepted(IdentityKey Key, DateTimeOffset Until);
}
