using System.Collections.Immutable;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Schemas;

/// <summary>Parses types in the Cedar syntax of schemas.</summary>
internal sealed class TypeParser(TokenReader tokens, SchemaWords words)
{
    private int _depth;

    public TypeSyntax Type()
    {
        var start = tokens.Current.Span;
        if (_depth == SchemaType.MaxDepth) throw tokens.Error(start, $"this type nests deeper than {SchemaType.MaxDepth} levels");
        _depth++;
        TypeSyntax type;
        if (tokens.At(TokenKind.OpenBrace))
        {
            type = Record();
        }
        else if (tokens.AtWord("Set") && tokens.Following.Kind == TokenKind.Less)
        {
            tokens.Take();
            tokens.Take();
            var element = Type();
            tokens.Expect(TokenKind.Greater, "`>`");
            type = new SetTypeSyntax(element, Place.At(tokens, tokens.From(start)));
        }
        else
        {
            var name = words.Path("a type");
            type = new NamedTypeSyntax(name.Text, NameUse.Either, name.Place);
        }

        _depth--;
        return type;
    }

    public RecordTypeSyntax Record()
    {
        var start = tokens.Expect(TokenKind.OpenBrace, "`{`").Span;
        var attributes = ImmutableArray.CreateBuilder<AttributeSyntax>();
        while (!tokens.TryTake(TokenKind.CloseBrace))
        {
            words.Annotations();
            var name = words.IdentifierOrString("an attribute or `}`");
            var required = !tokens.TryTake(TokenKind.Question);
            tokens.Expect(TokenKind.Colon, required ? "`?` or `:`" : "`:`");
            attributes.Add(new AttributeSyntax(name.Text, Type(), required));
            if (tokens.TryTake(TokenKind.Comma)) continue;
            tokens.Expect(TokenKind.CloseBrace, "`,` or `}`");
            break;
        }

        return new RecordTypeSyntax(attributes.ToImmutable(), Place.At(tokens, tokens.From(start)));
    }
}
