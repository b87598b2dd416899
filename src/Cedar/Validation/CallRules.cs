using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Extensions;
using RestateCloud.Cedar.Schemas;

namespace RestateCloud.Cedar.Validation;

/// <summary>The rules of extension functions: what makes a value of a string does so of a literal, which is tried out now.</summary>
internal sealed class CallRules(TypeChecker checker)
{
    public Typed Check(CallExpression call, CapabilitySet known)
    {
        var function = call.Function;
        var expected = function.Parameters.Length;
        var valid = call.Arguments.Length == expected;
        if (!valid)
        {
            var implicitArguments = function.IsMethod ? 1 : 0;
            checker.Findings.Add(call, $"`{function.Name}` takes {expected - implicitArguments} arguments, not {call.Arguments.Length - implicitArguments}");
        }

        for (var i = 0; i < call.Arguments.Length; i++)
        {
            var typed = i < expected ? checker.Expect(call.Arguments[i], known, function.Parameters[i]) : checker.Check(call.Arguments[i], known);
            valid &= typed.Type is not null;
        }

        if (valid && function.IsConstructor) CheckLiteral(call);
        return valid ? Typed.Of(ScalarType.Of(function.Result)) : Typed.Unknown;
    }

    private void CheckLiteral(CallExpression call)
    {
        var literal = Literals.Of(call.Arguments[0]);
        if (literal.IsNone)
            checker.Findings.Add(call, $"`{call.Function.Name}` takes a string written out here", "the value of another expression could fail to parse when the policy is evaluated");
        else if (call.Function.Invoke(literal, default).IsNone)
            checker.Findings.Add(call, ExtensionFunctions.ExplainFailure(call.Function, literal));
    }
}
