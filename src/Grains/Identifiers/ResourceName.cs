using RestateCloud.Grains.Errors;

namespace RestateCloud.Grains.Identifiers;

/// <summary>
/// The rule for names that people give: 1 to 64 characters, no control characters, no slash (the CLI writes ACCOUNT/ENVIRONMENT) and no
/// white space at either end.
/// </summary>
public static class ResourceName
{
    /// <summary>The longest name, in UTF-16 units.</summary>
    public const int MaximumLength = 64;

    /// <summary>Returns the name when it keeps the rule.</summary>
    /// <param name="name">What the caller gave.</param>
    /// <param name="what">What is being named, for the message.</param>
    /// <exception cref="CloudException">It does not keep the rule.</exception>
    public static string Check(string? name, string what) =>
        name is { Length: > 0 and <= MaximumLength }
        && !char.IsWhiteSpace(name[0]) && !char.IsWhiteSpace(name[^1])
        && !name.Any(c => char.IsControl(c) || char.IsSurrogate(c) || c == '/')
            ? name
            : throw new CloudException(
                CloudError.Invalid,
                $"The {what} needs a name of 1 to {MaximumLength} characters without slashes, control characters and spaces at its ends.");
}
