namespace RestateCloud.Grains.Secrets;

/// <summary>State in which something is protected by an <see cref="ISecretProtector"/>: whoever adds such a member names it here.</summary>
internal interface IHoldsSecrets<TState>
{
    /// <summary>The state with every secret changed, as where other keys are in use.</summary>
    /// <param name="grainKey">The key of the state's grain.</param>
    /// <param name="change">Turns what is kept for a purpose into something else for the same purpose.</param>
    TState ChangeSecrets(string grainKey, Func<string, string, string> change);
}
