namespace RestateCloud.Load.Generators;

/// <summary>Somebody who answers the same request as the others.</summary>
/// <param name="Name">In the report.</param>
/// <param name="TargetAsync">How it is asked, found out before each turn: some credentials do not live long.</param>
/// <param name="ProcessIds">The processes whose CPU time counts; none where there is nothing between.</param>
internal sealed record Contestant(string Name, Func<CancellationToken, Task<LoadTarget>> TargetAsync, IReadOnlyList<int> ProcessIds)
{
    /// <summary>One that is asked the same way in every turn.</summary>
    public Contestant(string name, LoadTarget target, params IReadOnlyList<int> processIds)
        : this(name, _ => Task.FromResult(target), processIds)
    {
    }

    /// <summary>Whether it becomes faster while it is used.</summary>
    public bool IsToBeWarmedUp { get; init; } = true;
}
