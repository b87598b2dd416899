using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.SignIn.AuthorizationCode;
using RestateCloud.Gateway.SignIn.Certificates;
using RestateCloud.Gateway.SignIn.Device;
using RestateCloud.Gateway.SignIn.Discovery;
using RestateCloud.Gateway.SignIn.Passwords;

namespace RestateCloud.Gateway.SignIn;

/// <summary>Sign-in of people, for the official CLI and everything that does as it does.</summary>
public static class SignInServices
{
    /// <summary>Registers sign-in. The composition brings <see cref="IGrainFactory"/>.</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<HttpsOptions>()
            .Configure<IConfiguration>((https, configuration) => https.Port = configuration.GetValue<int?>("Ports:Https"))
            .BindConfiguration(HttpsOptions.Section);
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, HttpsConfiguration>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AuthorizationCodes>();
        services.TryAddSingleton<DeviceGrants>();
        services.AddMetrics().TryAddSingleton<SignInMetrics>();
        services.TryAddSingleton<AttemptLimiter>();
        services.TryAddSingleton<PasswordSignIn>();
        services.TryAddSingleton<LoginPage>();
        services.TryAddSingleton<TokenEndpoint>();
        services.TryAddSingleton<DeviceEndpoints>();
        services.TryAddSingleton<DevicePage>();
        services.AddRazorComponents();
        return services;
    }

    /// <summary>Puts sign-in on the Api port.</summary>
    public static IEndpointRouteBuilder MapSignIn(this IEndpointRouteBuilder api)
    {
        var services = api.ServiceProvider;
        var (login, device) = (services.GetRequiredService<LoginPage>(), services.GetRequiredService<DevicePage>());
        var devices = services.GetRequiredService<DeviceEndpoints>();
        api.MapGet(AuthConfig.Path, AuthConfig.HandleAsync);
        api.MapGet(JsonWebKeys.Path, JsonWebKeys.HandleAsync);
        api.MapGet(LoginPage.Path, login.ShowAsync);
        api.MapPost(LoginPage.Path, login.SubmitAsync);
        api.MapPost(TokenEndpoint.Path, services.GetRequiredService<TokenEndpoint>().HandleAsync);
        api.MapPost(DeviceEndpoints.AuthorizePath, devices.AuthorizeAsync);
        api.MapPost(DeviceEndpoints.AuthenticatePath, devices.AuthenticateAsync);
        api.MapGet(DevicePage.Path, device.ShowAsync);
        api.MapPost(DevicePage.Path, device.SubmitAsync);
        return api;
    }
}
