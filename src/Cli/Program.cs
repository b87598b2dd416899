using System.CommandLine;
using RestateCloud.Cli.SignIn;

return await new RootCommand("For people who use a self-hosted Restate Cloud.") { LoginCommand.Create() }.Parse(args).InvokeAsync();
