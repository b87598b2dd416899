namespace Orleans;

/// <summary>Gives references to grains. A reference costs little, is always valid, and the grain activates on its first call.</summary>
public interface IGrainFactory
{
    /// <summary>A reference to the grain with this key.</summary>
    /// <param name="primaryKey">Not empty or white space.</param>
    /// <param name="grainClassNamePrefix">Picks one of several classes that implement the interface, by the start of its full name.</param>
    /// <exception cref="ArgumentException">The key is blank, or no class (or more than one) implements the interface.</exception>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;

    /// <inheritdoc cref="GetGrain{TGrainInterface}(string, string?)"/>
    IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey);

    /// <summary>A reference to an observer that can be passed to grains. The host holds <paramref name="obj"/> weakly.</summary>
    TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver;

    /// <summary>Ends a reference that <see cref="CreateObjectReference{T}"/> gave: calls through it no longer reach the object.</summary>
    /// <exception cref="ArgumentException"><paramref name="obj"/> is not such a reference.</exception>
    void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver;
}
