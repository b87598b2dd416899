namespace RestateCloud.Load.Generators;

/// <summary>
/// Interleaved rounds: everybody has one turn in each, and each round begins with another, so that whatever else the machine does or becomes
/// meets all alike.
/// </summary>
/// <param name="Generator">Asks.</param>
/// <param name="Core">The generator's core, or null for all.</param>
/// <param name="WarmUp">
/// How long each contestant is asked before the first round: .NET compiles what is used often a second time, and on one core under full load
/// that takes it a quarter of a minute.
/// </param>
/// <param name="Rounds">How many.</param>
/// <param name="Turn">How long each turn is.</param>
internal sealed record Contest(ILoadGenerator Generator, int? Core, TimeSpan WarmUp, int Rounds, TimeSpan Turn)
{
    /// <summary>Runs it and reports medians over the rounds.</summary>
    /// <param name="title">Of the table.</param>
    /// <param name="contestants">Who takes part.</param>
    /// <param name="yardstick">The contestant whose throughput the others' is divided by, round by round.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(string title, IReadOnlyList<Contestant> contestants, string yardstick, CancellationToken cancellationToken)
    {
        var scores = new Scores(yardstick);
        await RunHeatAsync(contestants, scores, cancellationToken);
        scores.Write(title);
    }

    /// <summary>Runs it as one heat of several, each with processes of its own: two of the same .NET program differ by what was compiled when.</summary>
    public async Task RunHeatAsync(IReadOnlyList<Contestant> contestants, Scores scores, CancellationToken cancellationToken)
    {
        foreach (var contestant in contestants.Where(contestant => contestant.IsToBeWarmedUp))
            await Generator.RunAsync(await contestant.TargetAsync(cancellationToken), WarmUp, Core, cancellationToken);

        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < contestants.Count; i++)
            {
                var contestant = contestants[(i + round) % contestants.Count];
                scores.Add(contestant.Name, await Round.RunAsync(Generator, contestant, Turn, Core, cancellationToken));
            }
        }
    }
}
