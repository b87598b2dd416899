using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Moving;

/// <summary>Moves a cloud as an operator does, with its environments running on.</summary>
internal static class CloudMove
{
    public static async Task<Cloud> ToAsync(CloudProgram program, Cloud old)
    {
        using var folder = new TemporaryFolder("rc-export-");
        var (file, key) = (folder.File("cloud.age"), folder.File("key"));
        await File.WriteAllTextAsync(key, "correct horse battery\n");

        Assert.Equal(0, await old.StopAsync());
        await old.RunAsync("export", file, "--key-file", key);
        return await Cloud.StartAsync(program, cloud => cloud.RunAsync("import", file, "--key-file", key, "--environments-from", old.DataFolder));
    }
}
