using Orleans.Runtime;

namespace Orleans;

/// <summary>
/// Base of every grain interface. Methods return <see cref="Task"/>, <see cref="ValueTask"/> or their generic forms, or void (one way).
/// </summary>
public interface IGrain : IAddressable;

/// <summary>A grain whose key is a string that is not empty or white space.</summary>
public interface IGrainWithStringKey : IGrain;
