using RestateCloud.Cedar.Json;

namespace RestateCloud.Cedar;

/// <summary>What entities, attributes and actions there are. Immutable.</summary>
public sealed class Schema
{
    internal Schema(ISchemaTypes types) => Types = types;

    /// <summary>The types, as readers of JSON ask for them.</summary>
    internal ISchemaTypes Types { get; }
}
