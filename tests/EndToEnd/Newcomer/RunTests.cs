using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Newcomer;

/// <summary>The command of the README.</summary>
public sealed class RunTests
{
    [Fact]
    public async Task The_data_folder_is_where_the_command_is_given()
    {
        using var folder = new TemporaryFolder("rc-run-");
        var configuration = Build.Silo.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        await using var run = ChildProcess.Start(
            "dotnet",
            ["run", "--no-build", "--configuration", configuration, "--project", Path.Combine(Build.Repository, "src", "Silo"), "--", "stop"],
            folder.Path);

        Assert.Equal(0, await run.ExitAsync(TimeSpan.FromMinutes(1)));
        Assert.True(Directory.Exists(folder.File(".data")), run.Output);
    }
}
