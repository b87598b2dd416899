using System.Reflection;

namespace RestateCloud.Grains.Embedded.Copying;

/// <summary>Copies a [GenerateSerializer] type or a tuple: a shallow clone whose changeable members are copied in turn.</summary>
internal sealed class MemberwiseCopier(Type type) : ValueCopier
{
    private static readonly MethodInvoker Clone =
        MethodInvoker.Create(typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!);

    // Found at the first copy and not before, because a type may hold itself.
    private readonly Lazy<(FieldInfo Field, ValueCopier Copier)[]> _changeable = new(() =>
        [.. TypeTraits.FieldsOf(type)
            .Where(field => !TypeTraits.IsImmutable(field.FieldType))
            .Select(field => (field, ForDeclared(field.FieldType)))]);

    protected override object CopyCore(object value, int depth)
    {
        var copy = Clone.Invoke(value)!;
        foreach (var (field, copier) in _changeable.Value) field.SetValue(copy, copier.Copy(field.GetValue(copy), depth + 1));
        return copy;
    }
}
