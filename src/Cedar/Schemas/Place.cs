using RestateCloud.Cedar.Json;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Schemas;

/// <summary>Where a part of a schema is written, in either syntax: all that is checked after reading reports there.</summary>
internal abstract record Place
{
    public static Place At(TokenReader tokens, SourceSpan span) => new TextPlace(tokens.Source, span);

    public static Place At(JsonPath path) => new JsonPlace(path);

    public abstract CedarParseException Error(string message);

    private sealed record TextPlace(string Source, SourceSpan Span) : Place
    {
        public override CedarParseException Error(string message) => CedarParseException.At(Source, Span, message);
    }

    private sealed record JsonPlace(JsonPath Path) : Place
    {
        public override CedarParseException Error(string message) => Path.Error(message);
    }
}
