using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RestateCloud.Gateway.ControlApi.Accounts;
using RestateCloud.Gateway.ControlApi.ApiKeys;
using RestateCloud.Gateway.ControlApi.Billing;
using RestateCloud.Gateway.ControlApi.Environments;
using RestateCloud.Gateway.ControlApi.OpenApi;
using RestateCloud.Gateway.ControlApi.Operations;
using RestateCloud.Gateway.ControlApi.Users;

namespace RestateCloud.Gateway.ControlApi;

/// <summary>Registers the control API.</summary>
public static class ControlApiServices
{
    /// <summary>
    /// Adds the control API. The composition brings <see cref="IGrainFactory"/>, <see cref="Identity.IAuthenticator"/>,
    /// <see cref="Grains.Tiers.TierCatalog"/>, <see cref="Grains.Regions.RegionOptions"/> and <see cref="EnvironmentUrls"/>.
    /// </summary>
    public static IServiceCollection AddControlApi(this IServiceCollection services)
    {
        services.AddOptions<ControlApiOptions>().BindConfiguration(ControlApiOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<UserRateLimiter>();
        services.TryAddSingleton<Admission>();
        services.AddRazorComponents();
        services.AddControlApiDocument();
        return services
            .AddOperation<GetUserIdentity>()
            .AddOperation<GetUserLimits>()
            .AddOperation<ListAccounts>()
            .AddOperation<CreateAccount>()
            .AddOperation<UpdateAccount>()
            .AddOperation<DeleteAccount>()
            .AddOperation<DescribeAccount>()
            .AddOperation<GetAccountLimits>()
            .AddOperation<ListAccountSecondaryOwners>()
            .AddOperation<AddAccountSecondaryOwner>()
            .AddOperation<RemoveAccountSecondaryOwner>()
            .AddOperation<CreateStripePortalSession>()
            .AddOperation<CreateEnvironment>()
            .AddOperation<ListEnvironments>()
            .AddOperation<DescribeEnvironment>()
            .AddOperation<UpdateEnvironmentTier>()
            .AddOperation<UpdateEnvironmentVersion>()
            .AddOperation<ListVersions>()
            .AddOperation<BeginIdentityKeyRotation>()
            .AddOperation<CompleteIdentityKeyRotation>()
            .AddOperation<CancelIdentityKeyRotation>()
            .AddOperation<DestroyEnvironment>()
            .AddOperation<ListEnvironmentEvents>()
            .AddOperation<GetEnvironmentLogs>()
            .AddOperation<CreateApiKey>()
            .AddOperation<ListApiKeys>()
            .AddOperation<DescribeApiKey>()
            .AddOperation<DeleteApiKey>();
    }

    private static IServiceCollection AddOperation<T>(this IServiceCollection services)
        where T : Operation => services.AddSingleton<Operation, T>();
}
