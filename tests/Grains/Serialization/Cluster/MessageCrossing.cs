using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace RestateCloud.Grains.Tests.Serialization;

/// <summary>What becomes of a message on its way: bytes, from one process to another.</summary>
internal static class MessageCrossing
{
    private static readonly Serializer Serializer =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    public static T? Cross<T>(T value) => Serializer.Deserialize<T>(Serializer.SerializeToArray(value));
}
