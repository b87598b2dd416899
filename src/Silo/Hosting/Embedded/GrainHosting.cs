using System.Data.Common;
using RestateCloud.Grains.Embedded;
using RestateCloud.Grains.Records;
using RestateCloud.Grains.Users;
using RestateCloud.Silo.Data;

namespace RestateCloud.Silo.Hosting;

/// <summary>Grains in this process and nowhere else, over a SQLite file in the data folder.</summary>
internal static class GrainHosting
{
    /// <exception cref="StartupException">The role needs other processes.</exception>
    public static void AddGrains(this IHostApplicationBuilder builder, CloudRole role, DataFolder data)
    {
        if (role != CloudRole.All)
            throw new StartupException("This build is for one process, which does everything; build with -p:OrleansRuntime=cluster for --role.");

        builder.Services.AddEmbeddedGrains(grains =>
        {
            grains.DatabasePath = data.Database;
            grains.GrainAssemblies.Add(typeof(IUserGrain).Assembly);
        });
    }

    /// <summary>What grains have stored, while no cloud runs on it.</summary>
    public static IGrainRecords Records(IConfiguration configuration, DataFolder data) => new GrainDatabaseRecords(data.Database);

    /// <summary>Whether the message says all that a person needs to mend it.</summary>
    public static bool IsForPeople(Exception exception) => exception is GrainDatabaseException or DbException;
}
