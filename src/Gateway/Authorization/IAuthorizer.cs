using RestateCloud.Gateway.Identity;
using RestateCloud.Gateway.Paths;
using RestateCloud.Grains.Environments;

namespace RestateCloud.Gateway.Authorization;

/// <summary>Decides whether a principal may do something in an environment. The one place where that is decided.</summary>
internal interface IAuthorizer
{
    /// <summary>Completes synchronously when all that is needed is known here.</summary>
    /// <exception cref="Caching.GrainUnavailableException">Something that is needed is not known and the silo does not answer.</exception>
    ValueTask<Decision> DecideAsync(Principal principal, EnvironmentRoute environment, RestateAction action);
}

/// <summary>The outcome.</summary>
internal enum Decision
{
    /// <summary>The principal has nothing to do with the environment, and is not to learn that it exists.</summary>
    Outsider,

    /// <summary>The principal may do other things there, not this.</summary>
    Denied,

    /// <summary>The principal may do it.</summary>
    Allowed,
}
