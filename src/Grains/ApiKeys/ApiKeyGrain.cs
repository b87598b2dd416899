using RestateCloud.Grains.Gateways;

namespace RestateCloud.Grains.ApiKeys;

internal sealed class ApiKeyGrain([PersistentState("api-key")] IPersistentState<StoredApiKey> state) : Grain, IApiKeyGrain
{
    public Task CreateAsync(ApiKeyRecord record, CancellationToken cancellationToken) =>
        state.RecordExists ? Task.CompletedTask : WriteAsync(record);

    public Task<ApiKeyRecord?> GetAsync(CancellationToken cancellationToken) => Task.FromResult(state.State.Record);

    public async Task MarkUsedAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (state.State.Record is { } record && (record.LastUsedAt is not { } last || at > last))
            await WriteAsync(record with { LastUsedAt = at });
    }

    public async Task RevokeAsync(CancellationToken cancellationToken)
    {
        if (state.State.Record is { State: ApiKeyState.Active } record) await WriteAsync(record with { State = ApiKeyState.Deleted });

        // Also when nothing changed: an earlier attempt may have been cut off between the write and the notice.
        await PublishAsync();
    }

    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        if (state.RecordExists) await state.ClearStateAsync(CancellationToken.None);
        await PublishAsync();
        DeactivateOnIdle();
    }

    private Task WriteAsync(ApiKeyRecord record)
    {
        return state.SaveAsync(new StoredApiKey { Record = record });
    }

    private Task PublishAsync() =>
        GrainFactory.GetGrain<IGatewayDirectoryGrain>(IGatewayDirectoryGrain.Key).PublishAsync(new ChangeNotice(this.GetPrimaryKeyString()));
}

internal sealed record StoredApiKey
{
    public ApiKeyRecord? Record { get; init; }
}
