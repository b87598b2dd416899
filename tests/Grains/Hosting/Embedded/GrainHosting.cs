using System.Text.Json;
using Microsoft.Extensions.Hosting;
using RestateCloud.Grains.Embedded;
using RestateCloud.Grains.Users;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Tests.Hosting;

/// <summary>Where the grains under test run: the embedded host, over a SQLite file.</summary>
internal static class GrainHosting
{
    public const int Silos = 1;

    public static JsonSerializerOptions StateJson { get; } = new EmbeddedGrainsOptions().StateSerialization;

    public static Task<string> NewStorageAsync(TemporaryFolder folder) => Task.FromResult(folder.File("grains.db"));

    public static void AddGrains(this IHostApplicationBuilder builder, string storage) => builder.Services.AddEmbeddedGrains(grains =>
    {
        grains.DatabasePath = storage;
        grains.GrainAssemblies.Add(typeof(IUserGrain).Assembly);
    });
}
