using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans;
using Orleans.Runtime;
using RestateCloud.Grains.Records;
using RestateCloud.Grains.Tests.Serialization;
using RestateCloud.Grains.Users;

namespace RestateCloud.Silo.Tests.Moving;

/// <summary>A state of every kind that there is, full of values, and reminders; secrets are words that begin with "secret-".</summary>
internal static class SampleRecords
{
    public static IReadOnlyList<GrainRecord> All(JsonSerializerOptions serialization) =>
    [
        .. from grain in typeof(IUserGrain).Assembly.GetTypes()
           where grain.IsAssignableTo(typeof(Grain)) && !grain.IsAbstract
           from parameter in grain.GetConstructors().Single().GetParameters()
           let state = parameter.GetCustomAttribute<PersistentStateAttribute>()
           where state is not null
           let json = JsonSerializer.Serialize(Samples.Of(parameter.ParameterType.GenericTypeArguments[0]), serialization)
           select new StateRecord(TypeOf(grain), $"key/of \"{state.StateName}\" ü", state.StateName, WithSecrets(state.StateName, json)),
        new ReminderRecord("environment", "env_1", "reconcile", new DateTimeOffset(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero), TimeSpan.FromMinutes(5)),
        new ReminderRecord("account", "acc_1/with/slashes", "unfinished", new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromMinutes(1)),
    ];

    /// <summary>More of one kind, 2 KB each, for an export of some length.</summary>
    public static IEnumerable<GrainRecord> Users(int count) => Enumerable.Range(0, count).Select(
        n => new StateRecord("user", $"user_{n}", "user", $$"""{"Email":"{{n}}@example.com","PasswordHash":"{{new string('x', 2_000)}}"}"""));

    private static string TypeOf(Type grain) => grain.Name[..^"Grain".Length].ToLowerInvariant();

    private static string WithSecrets(string state, string json)
    {
        var node = JsonNode.Parse(json)!;
        if (state == "token-issuer") node["PrivateKey"] = "secret-token-key";
        if (state == "environment")
        {
            node["SigningPrivateKey"] = "secret-signing-key";
            node["NextSigningPair"]!["PrivateKey"] = "secret-next-key";
            node["Idempotency"]!["Calls"]![0]!["Request"] = "key FullAccess";
            node["Idempotency"]!["Calls"]![0]!["Answer"] = "secret-api-key";
        }

        return node.ToJsonString();
    }
}
