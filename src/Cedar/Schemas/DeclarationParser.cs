using System.Collections.Immutable;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Schemas;

/// <summary>Parses declarations in the Cedar syntax of schemas, from after their keyword.</summary>
internal sealed class DeclarationParser(TokenReader tokens, SchemaWords words, TypeParser types)
{
    public CommonTypeDeclaration CommonType()
    {
        var name = words.Identifier("the type's name");
        tokens.Expect(TokenKind.Assign, "`=`");
        var type = types.Type();
        tokens.Expect(TokenKind.Semicolon, "`;`");
        return new CommonTypeDeclaration(name, type);
    }

    public EntityTypeDeclaration Entity()
    {
        var names = words.List(() => words.Identifier("the entity type's name"));
        if (tokens.TryTakeWord("enum")) return Enumeration(names);

        ImmutableArray<NameSyntax> parents = tokens.TryTakeWord("in") ? words.OneOrBracketed(EntityType, mayBeEmpty: true) : [];
        var shape = tokens.TryTake(TokenKind.Assign) || tokens.At(TokenKind.OpenBrace) ? types.Record() : null;
        var tags = tokens.TryTakeWord("tags") ? types.Type() : null;
        tokens.Expect(TokenKind.Semicolon, "`;` after the entity type");
        return new EntityTypeDeclaration(names, parents, shape, tags, null);
    }

    public ActionDeclaration Action()
    {
        var names = words.List(() => words.IdentifierOrString("the action's name"));
        ImmutableArray<ActionReference> parents = tokens.TryTakeWord("in") ? words.OneOrBracketed(Reference, mayBeEmpty: false) : [];
        var appliesTo = tokens.TryTakeWord("appliesTo") ? AppliesTo(names[0].Text) : null;
        if (tokens.TryTakeWord("attributes"))
        {
            tokens.Expect(TokenKind.OpenBrace, "`{`");
            tokens.Expect(TokenKind.CloseBrace, "`}`: actions have no attributes");
        }

        if (tokens.At(TokenKind.OpenBrace)) throw tokens.Error(tokens.Current.Span, "what an action applies to is written `appliesTo { … }`");
        tokens.Expect(TokenKind.Semicolon, "`;` after the action");
        return new ActionDeclaration(names, parents, appliesTo);
    }

    private EntityTypeDeclaration Enumeration(ImmutableArray<NameSyntax> names)
    {
        tokens.Expect(TokenKind.OpenBracket, "`[` and the ids");
        var ids = words.List(() => tokens.ExpectString("an id as a string"));
        tokens.Expect(TokenKind.CloseBracket, "`,` or `]`");
        tokens.Expect(TokenKind.Semicolon, "`;` after the entity type");
        return new EntityTypeDeclaration(names, [], null, null, ids);
    }

    private NameSyntax EntityType() => words.Path("an entity type");

    /// <summary>A name such as <c>view</c> or <c>"view"</c>, or with its type, <c>App::Action::"view"</c>.</summary>
    private ActionReference Reference()
    {
        var start = tokens.Current.Span;
        if (tokens.Following.Kind != TokenKind.DoubleColon)
        {
            var name = words.IdentifierOrString("an action");
            return new ActionReference(null, name.Text, name.Place);
        }

        var type = words.Path("an action");
        tokens.Expect(TokenKind.DoubleColon, "`::` and the action's name as a string");
        var id = tokens.ExpectString("the action's name as a string");
        return new ActionReference(type.Text, id, Place.At(tokens, tokens.From(start)));
    }

    private AppliesToDeclaration AppliesTo(string action)
    {
        var start = tokens.Previous.Span;
        ImmutableArray<NameSyntax>? principals = null, resources = null;
        TypeSyntax? context = null;
        tokens.Expect(TokenKind.OpenBrace, "`{`");
        do
        {
            if (tokens.At(TokenKind.CloseBrace) && tokens.Previous.Kind == TokenKind.Comma) break;
            if (tokens.TryTakeWord("principal")) principals = Once(principals, EntityTypes);
            else if (tokens.TryTakeWord("resource")) resources = Once(resources, EntityTypes);
            else if (tokens.TryTakeWord("context")) context = Once(context, Context);
            else throw tokens.Expected("`principal`, `resource` or `context`");
        }
        while (tokens.TryTake(TokenKind.Comma));
        tokens.Expect(TokenKind.CloseBrace, "`,` or `}`");

        if (principals is null || resources is null)
        {
            var missing = principals is null ? "principal" : "resource";
            throw tokens.Error(tokens.From(start), $"the action `{action}` applies to no {missing}; add `{missing}: [Type]`, or leave out `appliesTo`");
        }

        return new AppliesToDeclaration(principals.Value, resources.Value, context);
    }

    private T Once<T>(T? given, Func<T> read)
    {
        var word = tokens.Previous.Span;
        if (given is not null) throw tokens.Error(word, $"`{tokens.Text(tokens.Previous)}` comes twice; several types are written `[A, B]`");
        tokens.Expect(TokenKind.Colon, "`:`");
        return read();
    }

    private ImmutableArray<NameSyntax>? EntityTypes()
    {
        var start = tokens.Current.Span;
        var names = words.OneOrBracketed(EntityType, mayBeEmpty: true);
        return names.IsEmpty ? throw tokens.Error(tokens.From(start), "an action applies to at least one type") : names;
    }

    private TypeSyntax Context()
    {
        if (tokens.At(TokenKind.OpenBrace)) return types.Record();
        var name = words.Path("a record or the name of a common type");
        return new NamedTypeSyntax(name.Text, NameUse.CommonType, name.Place);
    }
}
