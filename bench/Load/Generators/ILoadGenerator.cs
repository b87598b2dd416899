namespace RestateCloud.Load.Generators;

/// <summary>A program that asks as fast as it is answered, on a fixed number of connections.</summary>
internal interface ILoadGenerator
{
    /// <exception cref="InvalidOperationException">A request failed or was not answered with 2xx.</exception>
    Task<LoadResult> RunAsync(LoadTarget target, TimeSpan duration, int? core, CancellationToken cancellationToken);
}
