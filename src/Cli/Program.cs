using System.CommandLine;
using RestateCloud.Cli.Environments;
using RestateCloud.Cli.Operations;
using RestateCloud.Cli.SignIn;
using RestateCloud.Cli.Tunnels;
using RestateCloud.Protocols.Scheduling;

BatchScheduling.Begin();

// Longer than any command takes to end once it is asked to.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TunnelLimits.StopTime + TimeSpan.FromSeconds(10) };
var root = new RootCommand("For people who use or run a self-hosted Restate Cloud. Ends with 0 when all went well or it was asked to stop, with 1 otherwise.")
{
    LoginCommand.Create(),
    EnvCommand.Create(),
    TunnelCommand.Create(),
    SiloCommands.Export(),
    SiloCommands.Import(),
};
return await root.Parse(args).InvokeAsync(configuration);
