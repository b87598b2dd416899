using System.Collections.Immutable;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Schemas;

/// <summary>Reads the smallest parts of the Cedar syntax of schemas: names, paths, lists and annotations.</summary>
internal sealed class SchemaWords(TokenReader tokens)
{
    /// <summary>An identifier. The keywords of schemas are no reserved words: an entity type may be called <c>entity</c>.</summary>
    public NameSyntax Identifier(string what)
    {
        var name = tokens.ExpectIdentifier(what);
        var place = Place.At(tokens, tokens.Previous.Span);
        return Identifiers.IsReserved(name) ? throw place.Error($"`{name}` is reserved and names nothing") : new NameSyntax(name, place);
    }

    /// <summary>An identifier, or any text in quotes.</summary>
    public NameSyntax IdentifierOrString(string what)
    {
        if (!tokens.At(TokenKind.String)) return Identifier(what);
        var text = tokens.ExpectString(what);
        return new NameSyntax(text, Place.At(tokens, tokens.Previous.Span));
    }

    /// <summary>A path of identifiers such as <c>App::User</c>.</summary>
    public NameSyntax Path(string what)
    {
        var start = tokens.Current.Span;
        var parts = new List<string> { Identifier(what).Text };
        while (tokens.At(TokenKind.DoubleColon) && tokens.Following.Kind == TokenKind.Identifier)
        {
            tokens.Take();
            parts.Add(Identifier(what).Text);
        }

        return new NameSyntax(string.Join("::", parts), Place.At(tokens, tokens.From(start)));
    }

    /// <summary>Elements between commas, at least one and without a trailing comma.</summary>
    public ImmutableArray<T> List<T>(Func<T> element)
    {
        var elements = ImmutableArray.CreateBuilder<T>();
        do elements.Add(element());
        while (tokens.TryTake(TokenKind.Comma));
        return elements.ToImmutable();
    }

    /// <summary>One element, or several in brackets.</summary>
    public ImmutableArray<T> OneOrBracketed<T>(Func<T> element, bool mayBeEmpty)
    {
        if (!tokens.TryTake(TokenKind.OpenBracket)) return [element()];
        if (mayBeEmpty && tokens.TryTake(TokenKind.CloseBracket)) return [];
        var elements = List(element);
        tokens.Expect(TokenKind.CloseBracket, "`,` or `]`");
        return elements;
    }

    /// <summary>Reads annotations, which may not repeat a name and have no meaning here.</summary>
    public void Annotations()
    {
        if (!tokens.At(TokenKind.At)) return;
        var names = new HashSet<string>();
        while (tokens.TryTake(TokenKind.At))
        {
            var name = tokens.ExpectIdentifier("the annotation's name");
            if (!names.Add(name)) throw tokens.Error(tokens.Previous.Span, $"the annotation `@{name}` comes twice");
            if (!tokens.TryTake(TokenKind.OpenParen)) continue;
            tokens.ExpectString("the annotation's value as a string");
            tokens.Expect(TokenKind.CloseParen, "`)`");
        }
    }
}
