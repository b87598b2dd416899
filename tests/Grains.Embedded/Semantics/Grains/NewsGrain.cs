namespace RestateCloud.Grains.Embedded.Tests.Semantics.Grains;

public interface INewsReader : IGrainObserver
{
    void Heard(string news);

    Task<string> Confirm(string news);

    Task FailToHear();
}

public interface INewsGrain : IGrainWithStringKey
{
    Task Subscribe(INewsReader reader);

    Task Publish(string news);

    Task<string> PublishAndConfirm(string news);

    Task PublishToFailing();
}

public sealed class NewsGrain : Grain, INewsGrain
{
    private readonly HashSet<INewsReader> _readers = [];

    public Task Subscribe(INewsReader reader)
    {
        _readers.Add(reader);
        return Task.CompletedTask;
    }

    public Task Publish(string news)
    {
        foreach (var reader in _readers) reader.Heard(news);
        return Task.CompletedTask;
    }

    public Task<string> PublishAndConfirm(string news) => _readers.Single().Confirm(news);

    public Task PublishToFailing() => _readers.Single().FailToHear();
}
