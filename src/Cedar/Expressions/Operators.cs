namespace RestateCloud.Cedar.Expressions;

/// <summary>What a condition can refer to.</summary>
internal enum RequestVariable
{
    Principal,
    Action,
    Resource,
    Context,
}

internal enum UnaryOperator
{
    Not,
    Negate,

    /// <summary>The method <c>isEmpty</c> of sets.</summary>
    IsEmpty,
}

internal enum BinaryOperator
{
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Add,
    Subtract,
    Multiply,
    Contains,
    ContainsAll,
    ContainsAny,
    HasTag,
    GetTag,
}
