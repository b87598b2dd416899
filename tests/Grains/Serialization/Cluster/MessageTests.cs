using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;
using RestateCloud.Grains.Errors;
using RestateCloud.Grains.Users;

namespace RestateCloud.Grains.Tests.Serialization;

/// <summary>Whatever a grain is told or answers crosses from one process to another and arrives as it was.</summary>
public sealed class MessageTests
{
    private static readonly Serializer Serializer =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    private static readonly MethodInfo Send =
        typeof(MessageTests).GetMethod(nameof(SendAndReceive), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>The parameters and results of every grain and observer, and every type that says it is a message.</summary>
    public static TheoryData<Type> Messages() => new(typeof(IUserGrain).Assembly.GetTypes()
        .Where(type => type.IsInterface && type.IsAssignableTo(typeof(IAddressable)))
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
        .SelectMany(method => method.GetParameters().Select(p => p.ParameterType).Append(ResultOf(method)))
        .Concat(typeof(IUserGrain).Assembly.GetTypes().Where(type => type.IsDefined(typeof(GenerateSerializerAttribute))))
        .Where(type => type != typeof(void) && type != typeof(CancellationToken))
        .Where(type => !type.IsAssignableTo(typeof(IAddressable)) && !type.IsAssignableTo(typeof(Exception)))
        .Distinct());

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_message_arrives_as_it_was_sent(Type type)
    {
        var sent = Samples.Of(type);

        var arrived = Send.MakeGenericMethod(type).Invoke(null, [sent]);

        Assert.IsType(sent.GetType(), arrived);
        Assert.Equal(JsonSerializer.Serialize(sent), JsonSerializer.Serialize(arrived));
    }

    [Fact]
    public void A_refusal_arrives_with_its_kind_and_its_sentence()
    {
        var arrived = Assert.IsType<CloudException>(
            Serializer.Deserialize<Exception>(Serializer.SerializeToArray<Exception>(new CloudException(CloudError.QuotaExceeded, "Too many."))));

        Assert.Equal(CloudError.QuotaExceeded, arrived.Error);
        Assert.Equal("Too many.", arrived.Message);
    }

    private static T? SendAndReceive<T>(T value) => Serializer.Deserialize<T>(Serializer.SerializeToArray(value));

    private static Type ResultOf(MethodInfo method) =>
        method.ReturnType.IsGenericType ? method.ReturnType.GenericTypeArguments[0] : typeof(void);
}
