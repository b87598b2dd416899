namespace Orleans;

/// <summary>The grain factory as a client of the grains sees it.</summary>
public interface IClusterClient : IGrainFactory
{
    /// <summary>The services of the process.</summary>
    IServiceProvider ServiceProvider { get; }
}
