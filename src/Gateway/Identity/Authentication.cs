namespace RestateCloud.Gateway.Identity;

/// <summary>The outcome of authenticating a request: a principal, or why there is none.</summary>
/// <param name="Principal">Who it is, or null.</param>
/// <param name="Failure"><see cref="AuthenticationFailure.None"/> when there is a principal.</param>
public readonly record struct Authentication(Principal? Principal, AuthenticationFailure Failure)
{
    /// <summary>It is known who asks.</summary>
    public static Authentication Of(Principal principal) => new(principal, AuthenticationFailure.None);

    /// <summary>It is not known who asks.</summary>
    public static Authentication Failed(AuthenticationFailure failure) => new(null, failure);
}
