using RestateCloud.Grains.Embedded.Tests.Semantics;

namespace RestateCloud.Grains.Embedded.Tests.Hosting;

/// <summary>Does what a host must survive.</summary>
public interface IStubbornGrain : IGrainWithStringKey
{
    Task Hold(string gate);

    Task<string> CallDuringShutdown(string gate, string other);

    Task Take(object value);

    Task TakeStream(Stream stream);

    Task<Stream> GiveStream();

    Task<string> Echo(string text);
}

public sealed class StubbornGrain(Gates gates) : Grain, IStubbornGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        this.GetPrimaryKeyString() == "never" ? new TaskCompletionSource().Task : Task.CompletedTask;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        this.GetPrimaryKeyString() == "stays" ? new TaskCompletionSource().Task : Task.CompletedTask;

    public Task Hold(string gate) => gates.PassAsync(gate);

    public async Task<string> CallDuringShutdown(string gate, string other)
    {
        await gates.PassAsync(gate);
        return await GrainFactory.GetGrain<IStubbornGrain>(other).Echo("called while stopping");
    }

    public Task Take(object value) => Task.CompletedTask;

    public Task TakeStream(Stream stream) => Task.CompletedTask;

    public Task<Stream> GiveStream() => Task.FromResult(Stream.Null);

    public Task<string> Echo(string text) => Task.FromResult(text);
}
