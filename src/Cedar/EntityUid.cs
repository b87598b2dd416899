using System.Text;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar;

/// <summary>
/// The name of an entity: a type such as <c>App::User</c> and an id, any string. Two uids are equal when both parts are.
/// Build those of a hot path once and keep them: the hash is computed here.
/// </summary>
public sealed class EntityUid : IEquatable<EntityUid>
{
    private readonly int _hash;

    /// <summary>Names an entity.</summary>
    /// <param name="type">The entity type with its namespace, such as <c>App::User</c>.</param>
    /// <param name="id">The id; may be empty.</param>
    /// <exception cref="ArgumentException">The type is not a path of identifiers.</exception>
    public EntityUid(string type, string id)
        : this(type, id, Identifiers.IsName(type))
    {
    }

    private EntityUid(string type, string id, bool valid)
    {
        if (!valid) throw new ArgumentException($"`{type}` is not an entity type", nameof(type));
        ArgumentNullException.ThrowIfNull(id);
        Type = type;
        Id = id;
        _hash = HashCode.Combine(type, id);
    }

    /// <summary>The entity type with its namespace.</summary>
    public string Type { get; }

    /// <summary>The id within the type, unescaped.</summary>
    public string Id { get; }

    /// <summary>Whether this names an action: the last part of the type is <c>Action</c>.</summary>
    public bool IsAction => Identifiers.IsActionType(Type);

    /// <summary>Reads a uid as policies write it, such as <c>App::User::"alice"</c>.</summary>
    /// <exception cref="CedarParseException">The text is not one entity uid.</exception>
    public static EntityUid Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new TokenReader(text);
        var start = tokens.Current.Span;
        var type = new StringBuilder();
        while (true)
        {
            type.Append(tokens.ExpectIdentifier("an entity type"));
            tokens.Expect(TokenKind.DoubleColon, "`::`");
            if (tokens.At(TokenKind.String)) break;
            type.Append("::");
        }

        var id = tokens.ExpectString("the entity's id as a string");
        tokens.Expect(TokenKind.End, "nothing after the entity");
        return Identifiers.IsName(type.ToString())
            ? FromValid(type.ToString(), id)
            : throw tokens.Error(tokens.From(start), $"`{type}` is not an entity type");
    }

    /// <inheritdoc/>
    public bool Equals(EntityUid? other) =>
        ReferenceEquals(this, other) || (other is not null && _hash == other._hash && Id == other.Id && Type == other.Type);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EntityUid);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>The uid as policies write it.</summary>
    public override string ToString() => $"{Type}::{StringLiterals.Quote(Id)}";

    /// <summary>For parsers, which have checked the type already.</summary>
    internal static EntityUid FromValid(string type, string id) => new(type, id, valid: true);
}
