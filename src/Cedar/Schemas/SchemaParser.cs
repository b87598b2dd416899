using System.Collections.Immutable;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Schemas;

/// <summary>Parses the Cedar syntax of schemas into declarations.</summary>
internal sealed class SchemaParser
{
    /// <summary>The longest schema text read, in UTF-16 code units.</summary>
    public const int MaxLength = 10_000_000;

    private readonly TokenReader _tokens;
    private readonly SchemaWords _words;
    private readonly TypeParser _types;
    private readonly DeclarationParser _declarations;

    private SchemaParser(string text)
    {
        _tokens = new TokenReader(text);
        _words = new SchemaWords(_tokens);
        _types = new TypeParser(_tokens, _words);
        _declarations = new DeclarationParser(_tokens, _words, _types);
    }

    public static ImmutableArray<NamespaceDeclaration> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength) throw new CedarParseException($"a schema has at most {MaxLength} characters; this one has {text.Length}");
        return new SchemaParser(text).Schema();
    }

    private ImmutableArray<NamespaceDeclaration> Schema()
    {
        var namespaces = ImmutableArray.CreateBuilder<NamespaceDeclaration>();
        var names = new HashSet<string>();
        var outside = new Body();
        while (!_tokens.At(TokenKind.End))
        {
            _words.Annotations();
            if (!_tokens.TryTakeWord("namespace"))
            {
                Declaration(outside);
                continue;
            }

            var name = _words.Path("the namespace's name");
            if (!Identifiers.IsName(name.Text)) throw name.Place.Error("the name `__cedar` belongs to the language");
            if (!names.Add(name.Text)) throw name.Place.Error($"the namespace `{name.Text}` comes twice; put all its declarations into one");
            namespaces.Add(Namespace(name.Text));
        }

        namespaces.Add(outside.Of(null));
        return namespaces.ToImmutable();
    }

    private NamespaceDeclaration Namespace(string name)
    {
        var body = new Body();
        _tokens.Expect(TokenKind.OpenBrace, "`{`");
        while (!_tokens.TryTake(TokenKind.CloseBrace))
        {
            _words.Annotations();
            if (_tokens.AtWord("namespace")) throw _tokens.Error(_tokens.Current.Span, "namespaces do not nest; write `namespace A::B`");
            Declaration(body);
        }

        return body.Of(name);
    }

    private void Declaration(Body body)
    {
        if (_tokens.TryTakeWord("entity")) body.EntityTypes.Add(_declarations.Entity());
        else if (_tokens.TryTakeWord("action")) body.Actions.Add(_declarations.Action());
        else if (_tokens.TryTakeWord("type")) body.CommonTypes.Add(_declarations.CommonType());
        else throw _tokens.Expected("`entity`, `action`, `type` or `namespace`");
    }

    private sealed class Body
    {
        public ImmutableArray<CommonTypeDeclaration>.Builder CommonTypes { get; } = ImmutableArray.CreateBuilder<CommonTypeDeclaration>();

        public ImmutableArray<EntityTypeDeclaration>.Builder EntityTypes { get; } = ImmutableArray.CreateBuilder<EntityTypeDeclaration>();

        public ImmutableArray<ActionDeclaration>.Builder Actions { get; } = ImmutableArray.CreateBuilder<ActionDeclaration>();

        public NamespaceDeclaration Of(string? name) =>
            new(name, CommonTypes.ToImmutable(), EntityTypes.ToImmutable(), Actions.ToImmutable());
    }
}
