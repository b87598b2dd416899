using System.Collections.Immutable;
using System.Text;
using RestateCloud.Cedar.Json;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Schemas;

/// <summary>An attribute of a record or entity type: not every value has one that is not required, which is written with <c>?</c>.</summary>
internal readonly record struct AttributeType(SchemaType Type, bool Required);

/// <summary>Records of these attributes and no others.</summary>
internal sealed class RecordType : SchemaType
{
    private const int ShownParts = 50;

    private readonly Dictionary<string, AttributeType> _attributes;

    /// <summary>A record of these attributes, which are taken over.</summary>
    public RecordType(Dictionary<string, AttributeType> attributes)
    {
        _attributes = attributes;
        Names = [.. attributes.Keys.Order(StringComparer.Ordinal)];
        Parts = (int)Math.Min(int.MaxValue, attributes.Values.Sum(attribute => (long)attribute.Type.Parts) + 1);
    }

    public static RecordType Empty { get; } = new([]);

    public override ValueKind Kind => ValueKind.Record;

    public override int Parts { get; }

    /// <summary>The names of all attributes, in order.</summary>
    public ImmutableArray<string> Names { get; }

    public AttributeType this[string name] => _attributes[name];

    public override IExpectedType? Field(string name) => Find(name)?.Type;

    public AttributeType? Find(string name) => _attributes.TryGetValue(name, out var attribute) ? attribute : null;

    public override string ToString()
    {
        if (Parts > ShownParts) return $"{{… {Names.Length} attributes …}}";
        var text = new StringBuilder("{");
        foreach (var name in Names)
        {
            if (text.Length > 1) text.Append(", ");
            if (Identifiers.IsIdentifier(name)) text.Append(name);
            else text.AppendQuoted(name);
            text.Append(this[name].Required ? ": " : "?: ").Append(this[name].Type);
        }

        return text.Append('}').ToString();
    }
}
