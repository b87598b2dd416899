using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Orleans.Runtime;
using Orleans.Storage;
using RestateCloud.Grains.Embedded.Activations;

namespace RestateCloud.Grains.Embedded.Storage;

/// <summary>One record of one activation. Its operations run one after another, each with the state as it is when its turn comes.</summary>
internal sealed class PersistentState<TState>(Activation activation, string name) : IPersistentState<TState>
{
    private Task _last = Task.CompletedTask;
    private long? _etag;

    public TState State { get; set; } = Empty();

    public string? Etag => Text(_etag);

    public bool RecordExists => _etag is not null;

    private GrainDatabase Database => activation.Runtime.Database;

    private JsonSerializerOptions Json => activation.Runtime.Options.StateSerialization;

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public Task ReadStateAsync(CancellationToken cancellationToken) => InOrder(async () =>
    {
        var stored = await Database.ExecuteAsync(
            commands => commands.ReadState(activation.GrainId, name), writes: false, cancellationToken);
        State = stored is null ? Empty() : JsonSerializer.Deserialize<TState>(stored.Json, Json)!;
        _etag = stored?.Etag;
    });

    public Task WriteStateAsync(CancellationToken cancellationToken) => InOrder(async () =>
    {
        var json = JsonSerializer.Serialize(State, Json);
        var etag = _etag;
        var (written, stored) = await Database.ExecuteAsync(
            commands => commands.WriteState(activation.GrainId, name, etag, json), writes: true, cancellationToken);
        _etag = written ?? throw Stale(etag, stored);
    });

    public Task ClearStateAsync(CancellationToken cancellationToken) => InOrder(async () =>
    {
        var etag = _etag;
        var (deleted, stored) = await Database.ExecuteAsync(
            commands => commands.DeleteState(activation.GrainId, name, etag), writes: true, cancellationToken);
        if (!deleted) throw Stale(etag, stored);
        _etag = null;
        State = Empty();
    });

    // As Orleans makes one: by the constructor without parameters, or with nothing set when there is none.
    private static TState Empty() => typeof(TState).IsValueType || typeof(TState).GetConstructor(Type.EmptyTypes) is not null
        ? Activator.CreateInstance<TState>()
        : (TState)RuntimeHelpers.GetUninitializedObject(typeof(TState));

    private Task InOrder(Func<Task> operation) => _last = RunAfterAsync(_last, operation);

    private async Task RunAfterAsync(Task previous, Func<Task> operation)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        try
        {
            await operation();
        }
        catch (Exception exception) when (exception is not OrleansException and not OperationCanceledException)
        {
            throw new OrleansException($"Storage of state \"{name}\" of {activation.GrainId} failed: {exception.Message}", exception);
        }
    }

    private InconsistentStateException Stale(long? etag, long? stored) => new(
        $"State \"{name}\" of {activation.GrainId} was changed by someone else since it was read.", Text(stored), Text(etag));

    private static string? Text(long? etag) => etag?.ToString(CultureInfo.InvariantCulture);
}
