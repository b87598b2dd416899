using RestateCloud.Cedar.Expressions;

namespace RestateCloud.Cedar.Validation;

/// <summary>
/// Which variables the conditions of a policy mention: kinds of requests that do not differ in these need no check of their
/// own.
/// </summary>
internal sealed class VariableUse
{
    private readonly bool[] _used = new bool[Enum.GetValues<RequestVariable>().Length];

    public VariableUse(IEnumerable<Expression> conditions)
    {
        foreach (var condition in conditions)
            ExpressionWalk.Visit(condition, expression =>
            {
                if (expression is VariableExpression variable) _used[(int)variable.Variable] = true;
            });
    }

    public bool this[RequestVariable variable] => _used[(int)variable];
}
