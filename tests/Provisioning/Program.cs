using RestateCloud.Provisioning.Tests.Support;

return args is ["cloud", var dataFolder, .. var arguments]
    ? await CloudProcess.RunAsync(dataFolder, arguments)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
