namespace RestateCloud.Cli.Tunnels.Display;

/// <summary>A line for each note, and one about the calls at most every few seconds.</summary>
internal static class LogDisplay
{
    private static readonly TimeSpan CallsPeriod = TimeSpan.FromSeconds(5);

    public static async Task ShowAsync(TunnelActivity activity, string title, TextWriter output, TimeProvider clock)
    {
        await WriteAsync(title);
        var calls = WriteCallsAsync();
        await foreach (var note in activity.Notes.ReadAllAsync()) await WriteAsync(note);
        await calls;

        async Task WriteCallsAsync()
        {
            var written = 0L;
            while (true)
            {
                var ended = await Task.WhenAny(activity.Notes.Completion, Task.Delay(CallsPeriod, clock)) == activity.Notes.Completion;
                if (activity.Requests is var requests && requests != written) await WriteAsync($"{requests} calls, {activity.Errors} errors; last {activity.Last}");
                written = requests;
                if (ended) return;
            }
        }

        Task WriteAsync(string line) => output.WriteLineAsync($"{clock.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ} {line}");
    }
}
