using Microsoft.AspNetCore.Builder;
using RestateCloud.Cli.Tunnels.Connecting;
using RestateCloud.Cli.Tunnels.RemotePorts;

namespace RestateCloud.Cli.Tunnels;

/// <summary>A tunnel from its opening to its end.</summary>
/// <param name="target">The environment.</param>
/// <param name="name">The tunnel's name.</param>
/// <param name="arguments">What was asked for.</param>
/// <param name="activity">Told of all that happens.</param>
internal sealed class TunnelSession(TunnelTarget target, string name, TunnelArguments arguments, TunnelActivity activity)
{
    /// <summary>Serves until it is cancelled, then lets the calls in flight finish.</summary>
    /// <exception cref="CommandException">The tunnel is refused, or a port is in use.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var ports = BoundPort.BindAll(arguments.RemotePorts, target.Doors, activity);
        var endPoint = new FedEndPoint("tunnel");
        await using var application = TunnelApplication.Build(target, name, endPoint, ports, activity);
        await application.StartAsync(cancellationToken);
        foreach (var port in ports) activity.Note($"{port.EndPoint} is the environment's {port.Port.Role}.");

        try
        {
            await (arguments.Services ? ConnectAsync(endPoint, cancellationToken) : Task.Delay(Timeout.Infinite, cancellationToken));
        }
        finally
        {
            await StopAsync(application);
        }
    }

    // The first refusal ends all: what one server refuses the others do.
    private async Task ConnectAsync(FedEndPoint endPoint, CancellationToken cancellationToken)
    {
        var dialer = new TunnelDialer(target.Trust);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var connectors =
            from server in target.Servers
            from index in Enumerable.Range(0, arguments.Connections)
            select new TunnelConnector(server, index, dialer, endPoint, activity).RunAsync(end.Token);
        Task[] running = [.. connectors];
        var first = await Task.WhenAny(running);
        await end.CancelAsync();
        await Task.WhenAny(Task.WhenAll(running));
        await first;
    }

    private async Task StopAsync(WebApplication application)
    {
        if (activity.InFlight is var count and > 0) activity.Note($"Stopping: calls in flight ({count}) have {TunnelLimits.StopTime.TotalSeconds:0} seconds to finish.");
        using var limit = new CancellationTokenSource(TunnelLimits.StopTime);
        try
        {
            await application.StopAsync(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // Their time is over; the cloud calls again.
        }
    }
}
