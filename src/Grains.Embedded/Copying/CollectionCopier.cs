namespace RestateCloud.Grains.Embedded.Copying;

/// <summary>Copies the framework's lists, sets and dictionaries.</summary>
internal static class CollectionCopier
{
    public static bool Handles(Type type) => CopierDefinition(type) is not null;

    public static ValueCopier? TryCreate(Type type) =>
        CopierDefinition(type) is { } definition
            ? (ValueCopier)Activator.CreateInstance(definition.MakeGenericType(type.GenericTypeArguments))!
            : null;

    private static Type? CopierDefinition(Type type)
    {
        if (!type.IsGenericType) return null;
        var definition = type.GetGenericTypeDefinition();
        if (definition == typeof(List<>)) return typeof(ListCopier<>);
        if (definition == typeof(HashSet<>)) return typeof(SetCopier<>);
        return definition == typeof(Dictionary<,>) ? typeof(DictionaryCopier<,>) : null;
    }

    private static ValueCopier? For<T>() => TypeTraits.IsImmutable(typeof(T)) ? null : ValueCopier.ForDeclared(typeof(T));

    private sealed class ListCopier<T> : ValueCopier
    {
        private readonly ValueCopier? _element = For<T>();

        protected override object CopyCore(object value, int depth) => _element is null
            ? new List<T>((List<T>)value)
            : ((List<T>)value).ConvertAll(element => (T)_element.Copy(element, depth + 1)!);
    }

    private sealed class SetCopier<T> : ValueCopier
    {
        private readonly ValueCopier? _element = For<T>();

        protected override object CopyCore(object value, int depth)
        {
            var set = (HashSet<T>)value;
            return _element is null
                ? new HashSet<T>(set, set.Comparer)
                : set.Select(element => (T)_element.Copy(element, depth + 1)!).ToHashSet(set.Comparer);
        }
    }

    private sealed class DictionaryCopier<TKey, TValue> : ValueCopier where TKey : notnull
    {
        private readonly ValueCopier? _key = For<TKey>();
        private readonly ValueCopier? _value = For<TValue>();

        protected override object CopyCore(object value, int depth)
        {
            var source = (Dictionary<TKey, TValue>)value;
            if (_key is null && _value is null) return new Dictionary<TKey, TValue>(source, source.Comparer);
            var copy = new Dictionary<TKey, TValue>(source.Count, source.Comparer);
            foreach (var (key, item) in source)
                copy.Add(
                    _key is null ? key : (TKey)_key.Copy(key, depth + 1)!,
                    _value is null ? item : (TValue)_value.Copy(item, depth + 1)!);
            return copy;
        }
    }
}
