namespace RestateCloud.Grains.State;

internal static class PersistentStateExtensions
{
    /// <summary>
    /// Makes a new state durable, or keeps the old one when that fails, so that memory never runs ahead of storage. Takes no cancellation
    /// token: a change that has begun is finished.
    /// </summary>
    public static async Task SaveAsync<TState>(this IPersistentState<TState> state, TState next)
    {
        var before = state.State;
        state.State = next;
        try
        {
            await state.WriteStateAsync(CancellationToken.None);
        }
        catch
        {
            state.State = before;
            throw;
        }
    }
}
