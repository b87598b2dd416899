using Orleans;
using Orleans.Runtime;

namespace RestateCloud.Grains.Cluster.Calls;

/// <summary>
/// Has a rejection mean what <see cref="RejectedCalls"/> takes it for. When a call that a grain makes is rejected and the grain fails of it, its
/// caller would be told the same as if the grain had never been called, though it may have done a part.
/// </summary>
internal sealed class InnerRejections : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (OrleansMessageRejectionException rejection) when (!context.TargetId.IsSystemTarget())
        {
            throw new OrleansException($"A call of {context.TargetId} was rejected: {rejection.Message}", rejection);
        }
    }
}
