using System.Security.Cryptography;
using RestateCloud.Grains.Records;
using RestateCloud.Grains.Regions;
using RestateCloud.Grains.Secrets;
using RestateCloud.Silo.Data;
using RestateCloud.Silo.Hosting;

namespace RestateCloud.Silo.Moving;

/// <summary>What a cloud has stored and the keys of its secrets, while no cloud runs on them.</summary>
internal sealed class StoppedCloud : IDisposable
{
    private readonly IHost _services;
    private readonly ISecretProtector _protector;

    private StoppedCloud(IHost services, IGrainRecords records, string environmentsFolder)
    {
        (_services, Records, EnvironmentsFolder) = (services, records, environmentsFolder);
        _protector = services.Services.GetRequiredService<ISecretProtector>();
    }

    public IGrainRecords Records { get; }

    /// <summary>The data folder in which environments lie, of setting <c>Local:DataFolder</c>.</summary>
    public string EnvironmentsFolder { get; }

    public string Region => _services.Services.GetRequiredService<RegionOptions>().Default;

    /// <summary>Takes the same settings as the cloud itself.</summary>
    /// <exception cref="StartupException">A setting is missing.</exception>
    public static StoppedCloud Open(DataFolder data, string[] settings)
    {
        var builder = Host.CreateApplicationBuilder(settings);
        builder.Logging.ClearProviders();
        builder.AddSecrets(data);
        builder.AddRegion();
        var environments = Path.GetFullPath(builder.Configuration["Local:DataFolder"] ?? data.Path);
        return new StoppedCloud(builder.Build(), GrainHosting.Records(builder.Configuration, data), environments);
    }

    /// <summary>A record with its secrets in the clear.</summary>
    /// <exception cref="StartupException">This cloud's keys do not open them.</exception>
    public GrainRecord WithOpenSecrets(GrainRecord record)
    {
        try
        {
            return WithSecrets(record, _protector.Unprotect);
        }
        catch (CryptographicException exception)
        {
            throw new StartupException($"The secrets of {record.Type} {record.Key} cannot be opened with the keys of this cloud; restore its folder of keys.", exception);
        }
    }

    /// <summary>A record with its secrets under the keys of this cloud.</summary>
    public GrainRecord WithSealedSecrets(GrainRecord record) => WithSecrets(record, _protector.Protect);

    public void Dispose() => _services.Dispose();

    private GrainRecord WithSecrets(GrainRecord record, Func<string, string, string> change)
    {
        if (record is not StateRecord state) return record;

        try
        {
            return state with { Json = StoredSecrets.ChangeIn(state.Name, state.Key, state.Json, change, Records.StateSerialization) };
        }
        catch (NotSupportedException exception)
        {
            throw new StartupException($"{exception.Message} A newer version of this program wrote it.", exception);
        }
    }
}
