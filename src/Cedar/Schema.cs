using RestateCloud.Cedar.Json;
using RestateCloud.Cedar.Schemas;

namespace RestateCloud.Cedar;

/// <summary>
/// What entities, attributes and actions there are: policies are validated against it (<see cref="Validator"/>), and entities
/// and requests read with it are checked. Immutable.
/// </summary>
public sealed class Schema
{
    private Schema(SchemaModel model) => Model = model;

    internal SchemaModel Model { get; }

    /// <summary>The types, as readers of JSON ask for them.</summary>
    internal ISchemaTypes Types => Model;

    /// <summary>Reads a schema in the Cedar syntax: <c>entity User in [Group]; action view appliesTo { … };</c>.</summary>
    /// <param name="text">The schema, at most 10,000,000 characters; types nest at most 256 levels.</param>
    /// <exception cref="CedarParseException">
    /// The text is not a schema, or says something impossible: a name that is not declared, a common type that contains
    /// itself, a group of actions in itself. The message shows where.
    /// </exception>
    public static Schema Parse(string text) => new(SchemaBuilder.Build(SchemaParser.Parse(text)));

    /// <summary>Reads a schema in the JSON syntax: an object of namespaces with <c>entityTypes</c>, <c>actions</c> and <c>commonTypes</c>.</summary>
    /// <param name="json">The schema, at most 10,000,000 characters.</param>
    /// <exception cref="CedarParseException">As for <see cref="Parse"/>; <see cref="CedarParseException.JsonPath"/> says where.</exception>
    public static Schema ParseJson(string json) => new(SchemaBuilder.Build(SchemaJsonReader.Read(json)));
}
