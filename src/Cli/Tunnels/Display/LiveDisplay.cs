using Spectre.Console;
using Spectre.Console.Rendering;

namespace RestateCloud.Cli.Tunnels.Display;

/// <summary>A few lines at a terminal that are drawn anew several times a second.</summary>
internal static class LiveDisplay
{
    private const int NotesShown = 5;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    public static Task ShowAsync(TunnelActivity activity, string title, int connections)
    {
        var notes = new Queue<string>();
        return AnsiConsole.Live(Draw()).StartAsync(async live =>
        {
            var ended = false;
            while (!ended)
            {
                ended = await Task.WhenAny(activity.Notes.Completion, Task.Delay(Period)) == activity.Notes.Completion;
                while (activity.Notes.TryRead(out var note)) Keep(note);
                live.UpdateTarget(Draw());
            }
        });

        void Keep(string note)
        {
            notes.Enqueue($"{DateTime.Now:HH:mm:ss} {note}");
            if (notes.Count > NotesShown) notes.Dequeue();
        }

        IRenderable Draw() => new Rows(
            new Text(title),
            new Text($"  connections   {activity.Connections} of {connections}"),
            new Text($"  calls         {activity.Requests}, {activity.InFlight} in flight"),
            new Text($"  errors        {activity.Errors}"),
            new Text($"  last call     {activity.Last}"),
            new Rows(notes.Select(note => new Text(note))),
            new Text("Ctrl+C ends it."));
    }
}
