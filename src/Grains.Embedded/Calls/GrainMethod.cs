using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Concurrency;
using RestateCloud.Grains.Embedded.Copying;

namespace RestateCloud.Grains.Embedded.Calls;

/// <summary>What is known about a method of a grain or observer interface, worked out once at its first call.</summary>
internal abstract class GrainMethod
{
    private static readonly ConcurrentDictionary<MethodInfo, GrainMethod> Known = new();

    private readonly MethodInvoker _invoker;
    private readonly ValueCopier?[] _argumentCopiers;

    protected GrainMethod(MethodInfo method)
    {
        _invoker = MethodInvoker.Create(method);
        Name = $"{method.DeclaringType!.Name}.{method.Name}";
        Interleaves = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        ReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        OneWay = method.ReturnType == typeof(void) || method.IsDefined(typeof(OneWayAttribute));
        ResponseTimeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        var parameters = method.GetParameters();
        CancellationTokenIndex = Array.FindIndex(parameters, parameter => parameter.ParameterType == typeof(CancellationToken));
        _argumentCopiers = Array.ConvertAll(parameters, parameter => ValueCopier.For(parameter, Name));
        if (Array.TrueForAll(_argumentCopiers, copier => copier is null)) _argumentCopiers = [];
    }

    public string Name { get; }

    public bool Interleaves { get; }

    public bool ReadOnly { get; }

    public bool OneWay { get; }

    public TimeSpan? ResponseTimeout { get; }

    /// <summary>Which argument is the cancellation token; -1 without one.</summary>
    public int CancellationTokenIndex { get; }

    /// <exception cref="NotSupportedException">The method has a shape or a type that cannot cross a grain call.</exception>
    public static GrainMethod Of(MethodInfo method) => Known.TryGetValue(method, out var known) ? known : Known.GetOrAdd(method, Create);

    /// <summary>Sends a call and gives what the caller awaits, in the method's own return type.</summary>
    public abstract object? Call(Reference reference, object?[] arguments);

    protected void CopyArguments(object?[] arguments)
    {
        for (var i = 0; i < _argumentCopiers.Length; i++)
            if (_argumentCopiers[i] is { } copier) arguments[i] = copier.Copy(arguments[i]);
    }

    protected object? Invoke(object target, object?[] arguments) => _invoker.Invoke(target, arguments.AsSpan());

    private static GrainMethod Create(MethodInfo method)
    {
        if (method.IsGenericMethod || Array.Exists(method.GetParameters(), parameter => parameter.ParameterType.IsByRef))
            throw new NotSupportedException(
                $"{method.DeclaringType}.{method.Name} is generic or has a ref or out parameter: it cannot be a grain method.");
        var type = method.ReturnType;
        if (type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask))
            return new GrainMethod<NoResult>(method, resultCopier: null);
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        if (definition != typeof(Task<>) && definition != typeof(ValueTask<>))
            throw new NotSupportedException($"{method.DeclaringType}.{method.Name} returns {type}: a grain method returns a task or void.");
        var copier = ValueCopier.For(type.GenericTypeArguments[0], $"The result of {method.DeclaringType!.Name}.{method.Name}");
        return (GrainMethod)Activator.CreateInstance(typeof(GrainMethod<>).MakeGenericType(type.GenericTypeArguments), method, copier)!;
    }
}

/// <summary>The result type of methods that have none.</summary>
internal readonly struct NoResult;
