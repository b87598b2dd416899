namespace RestateCloud.Cedar.Json;

/// <summary>Where in a document one is, for messages; spelled out only when one is written.</summary>
internal sealed class JsonPath
{
    public static readonly JsonPath Root = new(null, "$", -1);

    private readonly JsonPath? _parent;
    private readonly string _name;
    private readonly int _index;

    private JsonPath(JsonPath? parent, string name, int index) => (_parent, _name, _index) = (parent, name, index);

    public JsonPath Property(string name) => new(this, name, -1);

    public JsonPath Element(int index) => new(this, "", index);

    public CedarParseException Error(string message, Exception? inner = null) => CedarParseException.InJson(ToString(), message, inner);

    public override string ToString()
    {
        var parts = new Stack<string>();
        for (var at = this; at is not null; at = at._parent)
            parts.Push(at._parent is null ? at._name : at._index >= 0 ? $"[{at._index}]" : $".{at._name}");
        return string.Concat(parts);
    }
}
