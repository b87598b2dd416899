using System.Reflection;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using RestateCloud.Grains.Users;

namespace RestateCloud.Grains.Tests.Serialization;

/// <summary>Whatever a grain is told or answers arrives as it was, at a grain in this process or in another.</summary>
public sealed class MessageTests
{
    private static readonly MethodInfo Send =
        typeof(MessageCrossing).GetMethod(nameof(MessageCrossing.Cross), BindingFlags.Static | BindingFlags.Public)!;

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

    private static Type ResultOf(MethodInfo method) =>
        method.ReturnType.IsGenericType ? method.ReturnType.GenericTypeArguments[0] : typeof(void);
}
