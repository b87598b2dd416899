namespace RestateCloud.Cedar.Syntax;

/// <summary>A text read token by token with one token of lookahead: what both parsers (policies, schemas) stand on.</summary>
internal sealed class TokenReader
{
    private readonly string _source;
    private Lexer _lexer;

    public TokenReader(string source)
    {
        _source = source;
        _lexer = new Lexer(source);
        Current = _lexer.Next();
        Following = Current.Kind == TokenKind.End ? Current : _lexer.Next();
    }

    public Token Current { get; private set; }

    /// <summary>The token after <see cref="Current"/>.</summary>
    public Token Following { get; private set; }

    /// <summary>The token taken last; spans of finished nodes end here.</summary>
    public Token Previous { get; private set; }

    public bool At(TokenKind kind) => Current.Kind == kind;

    public bool AtWord(string word) => Current.Kind == TokenKind.Identifier && Text(Current).SequenceEqual(word);

    public ReadOnlySpan<char> Text(Token token) => _source.AsSpan(token.Span.Start, token.Span.Length);

    public Token Take()
    {
        Previous = Current;
        Current = Following;
        if (Following.Kind != TokenKind.End) Following = _lexer.Next();
        return Previous;
    }

    public bool TryTake(TokenKind kind)
    {
        if (Current.Kind != kind) return false;
        Take();
        return true;
    }

    public bool TryTakeWord(string word)
    {
        if (!AtWord(word)) return false;
        Take();
        return true;
    }

    /// <summary>Takes a token of this kind, or reports that <paramref name="what"/> was expected instead.</summary>
    public Token Expect(TokenKind kind, string what) => Current.Kind == kind ? Take() : throw Expected(what);

    public void ExpectWord(string word)
    {
        if (!TryTakeWord(word)) throw Expected($"`{word}`");
    }

    /// <summary>Takes an identifier as a string; keywords are identifiers too.</summary>
    public string ExpectIdentifier(string what) => Text(Expect(TokenKind.Identifier, what)).ToString();

    /// <summary>Takes a string literal and resolves its escapes.</summary>
    public string ExpectString(string what)
    {
        var token = Expect(TokenKind.String, what);
        return StringLiterals.Unescape(_source, token.Span);
    }

    /// <summary>The span from a token's start to the end of what was taken last.</summary>
    public SourceSpan From(SourceSpan start) => SourceSpan.Covering(start, Previous.Span);

    public CedarParseException Expected(string what) => Error(Current.Span, $"expected {what}, found {Describe(Current)}");

    public CedarParseException Error(SourceSpan span, string message) => CedarParseException.At(_source, span, message);

    /// <summary>The text this reads, for those who unescape or show parts of it themselves.</summary>
    public string Source => _source;

    private string Describe(Token token) => token.Kind switch
    {
        TokenKind.End => "the end of the text",
        TokenKind.String => "a string",
        _ when token.Span.Length > 40 => $"`{Text(token)[..40]}…`",
        _ => $"`{Text(token)}`",
    };
}
