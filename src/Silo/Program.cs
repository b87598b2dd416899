using System.CommandLine;
using RestateCloud.Protocols.Scheduling;
using RestateCloud.Silo;

BatchScheduling.Begin();

// Longer than what is in flight is given to finish; the default would end an orderly stop after two seconds.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
return await SiloCommand.Create().Parse(args).InvokeAsync(configuration);
