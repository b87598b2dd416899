using System.Text.Json;
using Orleans.Storage;
using RestateCloud.Grains.Embedded.Storage;

namespace RestateCloud.Grains.Cluster.Storage;

/// <summary>Writes state as the embedded host does.</summary>
internal sealed class JsonStateSerializer : IGrainStorageSerializer
{
    public static readonly JsonSerializerOptions Options = StateJson.CreateOptions();

    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, Options));

    public T? Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input, Options);
}
