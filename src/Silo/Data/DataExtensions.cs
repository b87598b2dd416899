using Microsoft.AspNetCore.DataProtection;
using RestateCloud.Cli;
using RestateCloud.Grains.Regions;
using RestateCloud.Grains.Secrets;

namespace RestateCloud.Silo.Data;

/// <summary>What every program that touches a cloud's data must agree on.</summary>
internal static class DataExtensions
{
    /// <summary>The encryption of secrets at rest, with the keys of setting <c>Keys</c> or those in the data folder.</summary>
    public static void AddSecrets(this IHostApplicationBuilder builder, DataFolder data)
    {
        var keys = builder.Configuration["Keys"] ?? data.Keys;
        builder.Services.AddDataProtection()
            .SetApplicationName("restate-cloud")
            .PersistKeysToFileSystem(Directory.CreateDirectory(keys, PrivateFile.FolderMode));
        builder.Services.AddSingleton<ISecretProtector, DataProtectionSecretProtector>();
    }

    /// <summary>The region of this cloud, of setting <c>Region</c>.</summary>
    public static void AddRegion(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton(new RegionOptions { Default = builder.Configuration["Region"] ?? "local" });
}
