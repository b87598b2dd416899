using System.Text.Json.Serialization;

namespace RestateCloud.Grains.Records;

/// <summary>Something that is stored of a grain, the same in every storage.</summary>
/// <param name="Type">The grain's type, such as <c>environment</c>.</param>
/// <param name="Key">The grain's key.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(StateRecord), "state")]
[JsonDerivedType(typeof(ReminderRecord), "reminder")]
public abstract record GrainRecord(string Type, string Key);

/// <summary>A state.</summary>
/// <param name="Type">The grain's type.</param>
/// <param name="Key">The grain's key.</param>
/// <param name="Name">The state's name.</param>
/// <param name="Json">The state as its grain wrote it.</param>
public sealed record StateRecord(
    string Type, string Key, string Name, [property: JsonPropertyName("state"), JsonConverter(typeof(JsonText))] string Json) : GrainRecord(Type, Key);

/// <summary>A reminder.</summary>
/// <param name="Type">The grain's type.</param>
/// <param name="Key">The grain's key.</param>
/// <param name="Name">The reminder's name.</param>
/// <param name="FirstTick">When it ticks, or ticked, for the first time.</param>
/// <param name="Period">How often.</param>
public sealed record ReminderRecord(string Type, string Key, string Name, DateTimeOffset FirstTick, TimeSpan Period) : GrainRecord(Type, Key);
