using System.Text;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Policies;

/// <summary>Parses what policies refer to by name: attributes, entity types and entities.</summary>
internal sealed class NameParser(TokenReader tokens)
{
    /// <summary>An identifier that is not reserved.</summary>
    public string Identifier(string what)
    {
        var name = tokens.ExpectIdentifier(what);
        if (Identifiers.IsIdentifier(name)) return name;
        throw tokens.Error(
            tokens.Previous.Span,
            name == Identifiers.CedarNamespace ? "the name `__cedar` belongs to the language" : $"`{name}` is reserved and names nothing");
    }

    /// <summary>A path of identifiers such as <c>App::User</c>.</summary>
    public string Path(string what)
    {
        var first = Identifier(what);
        if (!tokens.At(TokenKind.DoubleColon)) return first;
        var path = new StringBuilder(first);
        while (tokens.At(TokenKind.DoubleColon) && tokens.Following.Kind == TokenKind.Identifier)
        {
            tokens.Take();
            path.Append("::").Append(Identifier(what));
        }

        return path.ToString();
    }

    /// <summary>The rest of an entity uid whose type has been read: <c>::"id"</c>.</summary>
    public EntityUid EntityOfType(string type)
    {
        tokens.Expect(TokenKind.DoubleColon, "`::` and the entity's id");
        if (tokens.At(TokenKind.OpenBrace)) throw tokens.Error(tokens.Current.Span, "an entity is written with a string: Type::\"id\"");
        return EntityUid.FromValid(type, tokens.ExpectString("the entity's id as a string"));
    }
}
