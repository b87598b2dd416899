using System.Collections.Immutable;

namespace RestateCloud.Cedar.Schemas;

/// <summary>A type as written: its names are not resolved yet.</summary>
internal abstract record TypeSyntax(Place Place);

/// <summary>A type that has no names in it: the JSON syntax has words of its own for these.</summary>
internal sealed record ResolvedTypeSyntax(SchemaType Type, Place Place) : TypeSyntax(Place);

internal sealed record NamedTypeSyntax(string Name, NameUse Use, Place Place) : TypeSyntax(Place);

internal sealed record SetTypeSyntax(TypeSyntax Element, Place Place) : TypeSyntax(Place);

internal sealed record RecordTypeSyntax(ImmutableArray<AttributeSyntax> Attributes, Place Place) : TypeSyntax(Place);

internal sealed record AttributeSyntax(string Name, TypeSyntax Type, bool Required);

/// <summary>What a name may stand for where it is used.</summary>
internal enum NameUse
{
    /// <summary>An entity type, as in <c>memberOf</c> and <c>appliesTo</c>.</summary>
    EntityType,

    /// <summary>A common type, as in <c>context: Name</c>.</summary>
    CommonType,

    /// <summary>Either; a common type goes first.</summary>
    Either,
}
