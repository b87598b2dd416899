namespace RestateCloud.Grains.Errors;

/// <summary>A refusal meant for the caller: <see cref="Exception.Message"/> says what is wrong and what to do, and holds no secret.</summary>
[GenerateSerializer]
public sealed class CloudException(CloudError error, string message) : Exception(message)
{
    /// <summary>The kind of refusal.</summary>
    [Id(0)]
    public CloudError Error { get; } = error;
}
