namespace RestateCloud.Cli.Tunnels.Display;

/// <summary>Shows what a tunnel does: live at a terminal, else line by line.</summary>
internal static class TunnelDisplay
{
    /// <summary>Shows it until there are no more notes.</summary>
    /// <param name="activity">What to show.</param>
    /// <param name="title">What it is.</param>
    /// <param name="connections">How many there are to be.</param>
    public static Task ShowAsync(TunnelActivity activity, string title, int connections) => Console.IsOutputRedirected
        ? LogDisplay.ShowAsync(activity, title, Console.Out, TimeProvider.System)
        : LiveDisplay.ShowAsync(activity, title, connections);
}
