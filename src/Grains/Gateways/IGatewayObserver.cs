namespace RestateCloud.Grains.Gateways;

/// <summary>A gateway that wants to hear of changes to what it has cached.</summary>
public interface IGatewayObserver : IGrainObserver
{
    /// <summary>The resource has changed or is gone: forget what is known of it and ask again when it is needed.</summary>
    Task ChangedAsync(ChangeNotice notice);
}

/// <summary>What has changed.</summary>
/// <param name="Id">The id of an environment, API key or user; its prefix says which.</param>
[GenerateSerializer, Immutable]
public sealed record ChangeNotice(string Id);
