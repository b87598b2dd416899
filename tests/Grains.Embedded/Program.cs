using RestateCloud.Grains.Embedded.Tests.Crashes;
using Xunit.Runner.InProc.SystemConsole;

return args is [CountingProcess.Argument, var database]
    ? await CountingProcess.RunAsync(database)
    : await ConsoleRunner.Run(args);
