using System.Collections.Immutable;

namespace RestateCloud.Cedar.Schemas;

/// <summary>
/// What a namespace declares, in either syntax; declarations outside of any have the name null. Annotations are checked when
/// read and have no meaning here.
/// </summary>
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

/// <summary>
/// One or several entity types that are alike. The shape is a record or, in JSON, the name of one; without tags, or ids to
/// choose from, these are null.
/// </summary>
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

/// <summary>What an action applies to, and the type of its context: a record or the name of one, or null for an empty one.</summary>
internal sealed record AppliesToDeclaration(
    ImmutableArray<NameSyntax> Principals, ImmutableArray<NameSyntax> Resources, TypeSyntax? Context);
