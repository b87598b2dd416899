using RestateCloud.Provisioning.Tests.Support;

return args is ["cloud", var dataFolder, .. var environmentIds]
    ? await CloudProcess.RunAsync(dataFolder, environmentIds)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
