using RestateCloud.Grains.Embedded.Copying;

namespace RestateCloud.Grains.Tests.Serialization;

/// <summary>What becomes of a message on its way: a copy, unless nothing of it can change.</summary>
internal static class MessageCrossing
{
    public static T? Cross<T>(T value) => ValueCopier.For(typeof(T), "a message") is { } copier ? (T?)copier.Copy(value) : value;
}
