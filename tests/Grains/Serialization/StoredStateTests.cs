using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans;
using Orleans.Runtime;
using RestateCloud.Grains.Tests.Hosting;
using RestateCloud.Grains.Users;

namespace RestateCloud.Grains.Tests.Serialization;

/// <summary>
/// State outlives the program that wrote it. Stored/ holds what earlier versions wrote, one file a state; a change of a state type adds a
/// file and never changes one.
/// </summary>
public sealed class StoredStateTests
{
    private static readonly string Stored = Path.Combine(AppContext.BaseDirectory, "Serialization", "Stored");

    /// <summary>The name and the type of every state of every grain.</summary>
    public static TheoryData<string, Type> States() => new(
        from grain in typeof(IUserGrain).Assembly.GetTypes()
        where grain.IsAssignableTo(typeof(Grain)) && !grain.IsAbstract
        from parameter in grain.GetConstructors().Single().GetParameters()
        let state = parameter.GetCustomAttribute<PersistentStateAttribute>()
        where state is not null
        select (state.StateName, parameter.ParameterType.GenericTypeArguments[0]));

    [Theory]
    [MemberData(nameof(States))]
    public void Every_state_is_read_as_it_was_written(string name, Type type)
    {
        var written = JsonSerializer.Serialize(Samples.Of(type), type, GrainHosting.StateJson);

        var read = JsonSerializer.Deserialize(written, type, GrainHosting.StateJson);

        var again = JsonSerializer.Serialize(read, type, GrainHosting.StateJson);
        Assert.True(written == again, $"{name} was {written} and is {again}.");
    }

    [Theory]
    [MemberData(nameof(States))]
    public void The_present_form_of_every_state_is_stored_here(string name, Type type)
    {
        var written = JsonSerializer.Serialize(Samples.Of(type), type, GrainHosting.StateJson);

        var last = Directory.EnumerateFiles(Stored, $"{name}.*.json").MaxBy(file => int.Parse(file.Split('.')[^2], CultureInfo.InvariantCulture));
        var stored = last is null ? [] : Members(JsonNode.Parse(File.ReadAllText(last))!, name).ToHashSet();

        Assert.True(
            Members(JsonNode.Parse(written)!, name).All(stored.Contains),
            $"{name} has changed: add its next file to Stored/ and leave the others as they are. {written}");
    }

    [Theory]
    [MemberData(nameof(States))]
    public void State_that_an_earlier_version_stored_is_read_with_all_it_holds(string name, Type type)
    {
        foreach (var file in Directory.EnumerateFiles(Stored, $"{name}.*.json"))
        {
            var stored = File.ReadAllText(file);

            var read = JsonSerializer.Deserialize(stored, type, GrainHosting.StateJson);

            AssertContains(JsonNode.Parse(stored)!, JsonSerializer.SerializeToNode(read, type, GrainHosting.StateJson), name);
        }
    }

    private static IEnumerable<string> Members(JsonNode node, string path) => node switch
    {
        JsonObject members => members.SelectMany(member => Members(member.Value!, $"{path}.{member.Key}").Prepend($"{path}.{member.Key}")),
        JsonArray items => items.SelectMany(item => Members(item!, path)),
        _ => [],
    };

    private static void AssertContains(JsonNode expected, JsonNode? actual, string path)
    {
        if (expected is JsonObject members)
        {
            foreach (var (name, value) in members) AssertContains(value!, actual?[name], $"{path}.{name}");
        }
        else if (expected is JsonArray { Count: var count } items)
        {
            Assert.Equal(count, actual?.AsArray().Count);
            for (var i = 0; i < count; i++) AssertContains(items[i]!, actual![i], $"{path}[{i}]");
        }
        else
        {
            Assert.True(JsonNode.DeepEquals(expected, actual), $"{path} was {expected.ToJsonString()} and is {actual?.ToJsonString() ?? "gone"}.");
        }
    }
}
