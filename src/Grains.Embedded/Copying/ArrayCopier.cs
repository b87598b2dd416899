namespace RestateCloud.Grains.Embedded.Copying;

/// <summary>Copies an array, and its elements where they can change.</summary>
internal sealed class ArrayCopier(Type elementType) : ValueCopier
{
    private readonly ValueCopier? _element = TypeTraits.IsImmutable(elementType) ? null : ForDeclared(elementType);

    protected override object CopyCore(object value, int depth)
    {
        var copy = (Array)((Array)value).Clone();
        if (_element is null) return copy;
        if (copy.Rank != 1) throw new NotSupportedException($"{value.GetType()} cannot cross a grain call: it has several dimensions.");
        for (var i = 0; i < copy.Length; i++) copy.SetValue(_element.Copy(copy.GetValue(i), depth + 1), i);
        return copy;
    }
}
