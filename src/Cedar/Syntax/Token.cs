namespace RestateCloud.Cedar.Syntax;

/// <summary>The words of policies and schemas. Keywords are identifiers: most are reserved only in some places.</summary>
internal enum TokenKind
{
    End,
    Identifier,
    Integer,
    String,

    /// <summary>A template slot with its name, such as <c>?principal</c>.</summary>
    Slot,

    At,
    Dot,
    Comma,
    Semicolon,
    Colon,
    DoubleColon,
    Question,
    OpenParen,
    CloseParen,
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    Assign,
    EqualTo,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Or,
    And,
    Not,
    Plus,
    Minus,
    Times,
    Divide,
    Modulo,
}

/// <summary>One word of a source text and where it stands. A string's span includes its quotes.</summary>
internal readonly record struct Token(TokenKind Kind, SourceSpan Span);
