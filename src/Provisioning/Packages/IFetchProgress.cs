namespace RestateCloud.Provisioning.Packages;

/// <summary>Is told how far a download is, so that somebody who waits for it can see that.</summary>
public interface IFetchProgress
{
    /// <summary>Something happened; one sentence without a line break.</summary>
    void Report(string message);
}
