namespace RestateCloud.Gateway.ControlApi.Operations;

/// <summary>The request of operations that need to be told nothing; the body may be left out.</summary>
internal sealed record EmptyRequest;

/// <summary>The response of operations that have nothing to tell.</summary>
/// <param name="Result">The outcome.</param>
internal sealed record ResultResponse(Result Result)
{
    /// <summary>Done.</summary>
    public static ResultResponse Done { get; } = new(new Result(Ok: true));
}

/// <summary>An outcome.</summary>
/// <param name="Ok">Always true: what fails answers an error.</param>
internal sealed record Result(bool Ok);

/// <summary>What is used of a limited good.</summary>
/// <param name="Usage">How many there are.</param>
/// <param name="Limit">How many there may be.</param>
internal sealed record Quota(int Usage, int Limit);
