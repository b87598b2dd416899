namespace RestateCloud.EndToEnd.Tests.Clouds;

/// <summary>A program that is a cloud, as one build makes it.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="NewStorageAsync">The arguments that give a cloud a storage of its own, in which nothing is stored yet.</param>
public sealed partial record CloudProgram(string Path, Func<Task<string[]>> NewStorageAsync)
{
    /// <summary>That of the default build: it stores everything in its data folder.</summary>
    public static CloudProgram OnOneMachine { get; } = new(Build.DefaultSilo, () => Task.FromResult<string[]>([]));
}
