using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Listening;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Grains.Records;
using RestateCloud.Provisioning.LocalProcesses;
using RestateCloud.Silo.Data;
using RestateCloud.Silo.Hosting;
using RestateCloud.Silo.Moving;

namespace RestateCloud.Silo;

/// <summary>The command line: start the cloud of a data folder, end its environments, or move it elsewhere.</summary>
internal static class SiloCommand
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    public static RootCommand Create()
    {
        var data = new Option<string>("--data")
        {
            Description = "The folder that holds everything; made when missing.",
            HelpName = "DIR",
            DefaultValueFactory = _ => ".data",
            Recursive = true,
        };
        var role = new Option<CloudRole>("--role")
        {
            Description = "What this process does: everything, or one part of a cluster.",
            HelpName = "all|silo|gateway",
        };
        var settings = new Argument<string[]>("settings")
        {
            Description = "Any setting as --Section:Key=value, such as --Ports:Ingress=0 for any free port.",
        };

        var stop = new Command("stop", "End every environment of a data folder that no cloud is using; the next start brings them back.");
        stop.SetAction((parsed, cancellation) => SayPlainlyAsync(() => StopAsync(parsed.GetValue(data)!, cancellation), cancellation));

        var root = new RootCommand("A self-hosted Restate Cloud on this machine.") 
        {
            data, role, settings, stop, MovingCommands.Export(data, SayPlainlyAsync), MovingCommands.Import(data, SayPlainlyAsync),
        };
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction((parsed, cancellation) => SayPlainlyAsync(
            () => RunAsync(parsed.GetValue(data)!, parsed.GetValue(role), [.. parsed.GetValue(settings)!, .. parsed.UnmatchedTokens], cancellation), cancellation));
        return root;
    }

    private static async Task RunAsync(string dataFolder, CloudRole role, string[] settings, CancellationToken cancellationToken)
    {
        using var data = DataFolder.Open(dataFolder);
        await Cloud.RunAsync(data, role, settings, cancellationToken);
    }

    private static async Task StopAsync(string dataFolder, CancellationToken cancellationToken)
    {
        using var data = DataFolder.Open(dataFolder);
        var ended = await LocalServers.StopAllAsync(data.Path, StopPatience, cancellationToken);
        await Console.Out.WriteLineAsync($"Ended {ended} {(ended == 1 ? "environment" : "environments")}; the next start brings them back.");
    }

    /// <summary>A failure that a person can mend is one sentence and exit code 1; anything else is a defect and shows where it came from.</summary>
    private static async Task<int> SayPlainlyAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        try
        {
            await action();
            return 0;
        }
        catch (Exception exception) when (IsForPeople(exception))
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped before it was done.");
            return 1;
        }
    }

    private static bool IsForPeople(Exception exception) =>
        exception is StartupException or PortInUseException or ProvisioningException or OptionsValidationException or GrainRecordsException
        || GrainHosting.IsForPeople(exception)
        || exception is IOException { InnerException: AddressInUseException };
}
