using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RestateCloud.Gateway.ControlApi.Billing;
using RestateCloud.Gateway.ControlApi.Errors;
using RestateCloud.Gateway.ControlApi.Operations;

namespace RestateCloud.Gateway.ControlApi;

/// <summary>Puts the control API on the Api port.</summary>
public static class ControlApiEndpoints
{
    /// <summary>The path of the OpenAPI document.</summary>
    public const string DocumentPath = "/openapi/v1.json";

    /// <summary>Gives refusals and failures of everything behind it the form <c>{"code","message"}</c>. Comes first on the Api port.</summary>
    public static IApplicationBuilder UseControlApiErrors(this IApplicationBuilder app) => app.UseMiddleware<ErrorMiddleware>();

    /// <summary>Maps every operation, the OpenAPI document and the billing page.</summary>
    public static IEndpointRouteBuilder MapControlApi(this IEndpointRouteBuilder api)
    {
        foreach (var operation in api.ServiceProvider.GetServices<Operation>()) api.MapOperation(operation);
        api.MapGet(BillingPage.Route, BillingPage.HandleAsync);
        api.MapOpenApi(DocumentPath);
        return api;
    }

    private static void MapOperation(this IEndpointRouteBuilder api, Operation operation)
    {
        // The explorer behind the OpenAPI document lists only endpoints that carry a method.
        RequestDelegate handler = operation.HandleAsync;
        api.MapPost(operation.Path, handler).WithName(operation.Name).WithTags(operation.Resource).WithMetadata(operation, handler.Method);
    }
}
