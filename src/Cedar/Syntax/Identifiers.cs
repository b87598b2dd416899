namespace RestateCloud.Cedar.Syntax;

/// <summary>What may name a thing: identifiers, reserved words, and paths such as <c>App::User</c>.</summary>
internal static class Identifiers
{
    /// <summary>The namespace the language keeps for itself.</summary>
    public const string CedarNamespace = "__cedar";

    public static bool IsStart(char c) => char.IsAsciiLetter(c) || c == '_';

    public static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary>Words that are never an identifier of a policy, however they are used.</summary>
    public static bool IsReserved(ReadOnlySpan<char> word) =>
        word is "true" or "false" or "if" or "then" or "else" or "in" or "is" or "has" or "like";

    /// <summary>Whether this has the form of an identifier; a reserved word has.</summary>
    public static bool IsWord(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !IsStart(text[0])) return false;
        foreach (var c in text)
            if (!IsPart(c)) return false;
        return true;
    }

    /// <summary>Whether this can be an attribute after a dot, an entity type or a namespace.</summary>
    public static bool IsIdentifier(ReadOnlySpan<char> text) => IsWord(text) && !IsReserved(text) && !text.SequenceEqual(CedarNamespace);

    /// <summary>Whether this is a path of identifiers without spaces, such as <c>App::User</c>.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        for (int end; (end = text.IndexOf("::")) >= 0; text = text[(end + 2)..])
            if (!IsIdentifier(text[..end])) return false;
        return IsIdentifier(text);
    }

    /// <summary>The last part of a path: <c>User</c> of <c>App::User</c>.</summary>
    public static ReadOnlySpan<char> BaseName(ReadOnlySpan<char> name)
    {
        var last = name.LastIndexOf("::");
        return last < 0 ? name : name[(last + 2)..];
    }

    /// <summary>Action entities are those whose type's last part is <c>Action</c>.</summary>
    public static bool IsActionType(ReadOnlySpan<char> type) => BaseName(type).SequenceEqual("Action");
}
