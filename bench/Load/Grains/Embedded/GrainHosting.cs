using RestateCloud.Grains.Embedded;
using RestateCloud.Grains.Users;

namespace RestateCloud.Load.Grains;

/// <summary>Where grains run in this build: in the process that uses them.</summary>
internal static class GrainHosting
{
    /// <summary>What the tables call it.</summary>
    public const string Name = "embedded host";

    /// <summary>The settings of clouds that share a storage of their own, in which nothing is stored yet.</summary>
    /// <param name="folder">Goes with the cloud.</param>
    public static Task<string[]> NewStorageAsync(string folder) => Task.FromResult<string[]>([$"--Database={Path.Combine(folder, "load.db")}"]);

    /// <summary>Hosts grains in an application with such settings.</summary>
    public static void AddGrains(this IHostApplicationBuilder builder, string role) => builder.Services.AddEmbeddedGrains(options =>
    {
        options.DatabasePath = builder.Configuration["Database"]!;
        options.GrainAssemblies.Add(typeof(IUserGrain).Assembly);
    });

    /// <summary>Ends what storages needed.</summary>
    public static ValueTask EndAsync() => ValueTask.CompletedTask;
}
