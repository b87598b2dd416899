namespace RestateCloud.Cedar.Expressions;

/// <summary>How operators are written, in policies and in the JSON format alike; the methods among them are called, not infix.</summary>
internal static class OperatorNames
{
    private static readonly Dictionary<string, BinaryOperator> Binary = Enum.GetValues<BinaryOperator>().ToDictionary(Name);

    public static string Name(BinaryOperator op) => op switch
    {
        BinaryOperator.Or => "||",
        BinaryOperator.And => "&&",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.In => "in",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Contains => "contains",
        BinaryOperator.ContainsAll => "containsAll",
        BinaryOperator.ContainsAny => "containsAny",
        BinaryOperator.HasTag => "hasTag",
        BinaryOperator.GetTag => "getTag",
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    public static bool IsMethod(BinaryOperator op) => op >= BinaryOperator.Contains;

    public static bool TryBinary(string name, out BinaryOperator op) => Binary.TryGetValue(name, out op);
}
