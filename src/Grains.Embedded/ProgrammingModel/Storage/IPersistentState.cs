using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>
/// A stored record given to a grain's constructor by <see cref="PersistentStateAttribute"/>; read before the grain activates.
/// </summary>
public interface IPersistentState<TState> : IStorage<TState>;
