using System.Collections.Immutable;

namespace RestateCloud.Cedar.Schemas;

/// <summary>What a namespace declares, in either syntax. Annotations are checked when read and have no meaning here.</summary>
/// <param name="Name">The namespace; null for declarations outside of any.</param>
internal sealed record NamespaceDeclaration(
    string? Name,
    ImmutableArray<CommonTypeDeclaration> CommonTypes,
    ImmutableArray<EntityTypeDeclaration> EntityTypes,
    ImmutableArray<ActionDeclaration> Actions)
{
    /// <summary>The name of something declared here, with the namespace.</summary>
    public string Qualify(string name) => Name is null ? name : $"{Name}::{name}";
}

/// <summary>A name and where it is declared or used.</summary>
internal readonly record struct NameSyntax(string Text, Place Place);

internal sealed record CommonTypeDeclaration(NameSyntax Name, TypeSyntax Type);

/// <summary>One or several entity types that are alike.</summary>
/// <param name="Shape">The attributes: a record or, in JSON, the name of one; null for none.</param>
/// <param name="Tags">The type of all tags; null for entities that have none.</param>
/// <param name="Ids">The only ids there are; null where any will do.</param>
internal sealed record EntityTypeDeclaration(
    ImmutableArray<NameSyntax> Names,
    ImmutableArray<NameSyntax> Parents,
    TypeSyntax? Shape,
    TypeSyntax? Tags,
    ImmutableArray<string>? Ids);

/// <summary>One or several actions that are alike.</summary>
internal sealed record ActionDeclaration(
    ImmutableArray<NameSyntax> Names,
    ImmutableArray<ActionReference> Parents,
    AppliesToDeclaration? AppliesTo);

/// <summary>An action by its id, and its type unless that is <c>Action</c>.</summary>
internal sealed record ActionReference(string? Type, string Id, Place Place);

/// <summary>What an action applies to.</summary>
/// <param name="Context">The type of the context: a record or the name of one; null for an empty one.</param>
internal sealed record AppliesToDeclaration(
    ImmutableArray<NameSyntax> Principals, ImmutableArray<NameSyntax> Resources, TypeSyntax? Context);
