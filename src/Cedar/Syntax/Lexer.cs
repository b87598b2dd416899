namespace RestateCloud.Cedar.Syntax;

/// <summary>Cuts a Cedar text (policy or schema) into tokens, skipping white space and <c>//</c> comments.</summary>
internal struct Lexer(string source)
{
    private int _position;

    public Token Next()
    {
        SkipTrivia();
        var start = _position;
        if (start >= source.Length) return new Token(TokenKind.End, new SourceSpan(source.Length, source.Length));
        var c = source[start];
        if (Identifiers.IsStart(c)) return Identifier(TokenKind.Identifier, start);
        if (char.IsAsciiDigit(c)) return Integer(start);
        return c switch
        {
            '"' => String(start),
            '?' when start + 1 < source.Length && Identifiers.IsStart(source[start + 1]) => Identifier(TokenKind.Slot, start),
            '?' => Take(TokenKind.Question, 1),
            '@' => Take(TokenKind.At, 1),
            '.' => Take(TokenKind.Dot, 1),
            ',' => Take(TokenKind.Comma, 1),
            ';' => Take(TokenKind.Semicolon, 1),
            ':' => Either(':', TokenKind.DoubleColon, TokenKind.Colon),
            '(' => Take(TokenKind.OpenParen, 1),
            ')' => Take(TokenKind.CloseParen, 1),
            '{' => Take(TokenKind.OpenBrace, 1),
            '}' => Take(TokenKind.CloseBrace, 1),
            '[' => Take(TokenKind.OpenBracket, 1),
            ']' => Take(TokenKind.CloseBracket, 1),
            '=' => Either('=', TokenKind.EqualTo, TokenKind.Assign),
            '!' => Either('=', TokenKind.NotEqual, TokenKind.Not),
            '<' => Either('=', TokenKind.LessOrEqual, TokenKind.Less),
            '>' => Either('=', TokenKind.GreaterOrEqual, TokenKind.Greater),
            '|' when Follows('|') => Take(TokenKind.Or, 2),
            '&' when Follows('&') => Take(TokenKind.And, 2),
            '+' => Take(TokenKind.Plus, 1),
            '-' => Take(TokenKind.Minus, 1),
            '*' => Take(TokenKind.Times, 1),
            '/' => Take(TokenKind.Divide, 1),
            '%' => Take(TokenKind.Modulo, 1),
            _ => throw CedarParseException.At(source, new SourceSpan(start, start + 1), $"the character {Describe(c)} has no meaning here"),
        };
    }

    private void SkipTrivia()
    {
        while (_position < source.Length)
        {
            if (char.IsWhiteSpace(source[_position]))
                _position++;
            else if (source[_position] == '/' && Follows('/'))
            {
                var rest = source.AsSpan(_position).IndexOfAny('\n', '\r');
                _position = rest < 0 ? source.Length : _position + rest;
            }
            else
                return;
        }
    }

    private readonly bool Follows(char next) => _position + 1 < source.Length && source[_position + 1] == next;

    private Token Take(TokenKind kind, int length)
    {
        var start = _position;
        _position += length;
        return new Token(kind, new SourceSpan(start, _position));
    }

    private Token Either(char second, TokenKind pair, TokenKind single) => Follows(second) ? Take(pair, 2) : Take(single, 1);

    private Token Identifier(TokenKind kind, int start)
    {
        _position++;
        while (_position < source.Length && Identifiers.IsPart(source[_position])) _position++;
        return new Token(kind, new SourceSpan(start, _position));
    }

    private Token Integer(int start)
    {
        while (_position < source.Length && char.IsAsciiDigit(source[_position])) _position++;
        return new Token(TokenKind.Integer, new SourceSpan(start, _position));
    }

    private Token String(int start)
    {
        var at = start + 1;
        while (at < source.Length && source[at] != '"')
        {
            // As in the reference grammar, a backslash takes any one character with it except a line feed.
            if (source[at] == '\\' && at + 1 < source.Length && source[at + 1] == '\n') break;
            at += source[at] == '\\' ? 2 : 1;
        }

        if (at >= source.Length || source[at] != '"')
            throw CedarParseException.At(source, new SourceSpan(start, Math.Min(at, source.Length)), "this string has no closing quote");
        _position = at + 1;
        return new Token(TokenKind.String, new SourceSpan(start, _position));
    }

    private static string Describe(char c) => c is > ' ' and < (char)127 ? $"'{c}'" : $"U+{(int)c:X4}";
}
