using System.Net.Http.Json;
using RestateCloud.EndToEnd.Tests.Services;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Invocations;

public sealed class LongPollTests(Workbench workbench) : IClassFixture<Workbench>
{
    private const int Polls = 200;

    [Fact]
    public async Task Two_hundred_calls_wait_at_the_same_time_while_others_pass()
    {
        var ingress = workbench.Environment.Ingress;
        var waiting = Enumerable.Range(0, Polls).Select(i => ingress.CallAsync<string>($"Mailbox/poll-{i}/receive", null)).ToArray();
        var awakeables = await Eventually.GetAsync(AwakeablesAsync, $"{Polls} handlers wait", TimeSpan.FromSeconds(60));

        Assert.DoesNotContain(waiting, call => call.IsCompleted);
        Assert.Equal(4, await ingress.CallAsync<int>("Bench/double", 2));

        await Parallel.ForEachAsync(awakeables, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (awakeable, cancellationToken) =>
        {
            using var resolved = await ingress.PostAsJsonAsync($"restate/awakeables/{awakeable.Id}/resolve", awakeable.Key, cancellationToken);
            Assert.True(resolved.IsSuccessStatusCode);
        });
        Assert.Equal(Enumerable.Range(0, Polls).Select(i => $"poll-{i}"), await Task.WhenAll(waiting));
    }

    private async Task<(string Key, string Id)[]?> AwakeablesAsync()
    {
        var rows = await workbench.Environment.QueryAsync("select service_key, value_utf8 from state where service_name = 'Mailbox'");
        return rows.Length < Polls
            ? null
            : [.. rows.Select(row => (row.GetProperty("service_key").GetString()!, row.GetProperty("value_utf8").GetString()!.Trim('"')))];
    }
}
