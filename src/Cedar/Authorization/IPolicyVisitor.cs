using RestateCloud.Cedar.Evaluation;

namespace RestateCloud.Cedar.Authorization;

/// <summary>Is shown each policy whose scope matches. Implemented by structs, so that a visit is compiled for each of them.</summary>
internal interface IPolicyVisitor
{
    /// <summary>Takes note of a policy; false when no further one can change the outcome.</summary>
    bool Visit(CompiledPolicy policy, ref Frame frame);
}
