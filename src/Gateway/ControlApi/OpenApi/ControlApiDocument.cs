using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using RestateCloud.Gateway.ControlApi.Operations;

namespace RestateCloud.Gateway.ControlApi.OpenApi;

/// <summary>The OpenAPI document: made from the operations themselves, so that it cannot differ from them.</summary>
internal static class ControlApiDocument
{
    /// <summary>The name of the bearer scheme in the document.</summary>
    public const string Bearer = "accessToken";

    /// <summary>Registers the document.</summary>
    public static void AddControlApiDocument(this IServiceCollection services)
    {
        services.Configure<JsonOptions>(options => ControlApiJson.Apply(options.SerializerOptions));
        services.AddOpenApi(options =>
        {
            options.ShouldInclude = description => description.ActionDescriptor.EndpointMetadata.OfType<Operation>().Any();
            options.AddOperationTransformer<OperationDescriber>();
            options.AddSchemaTransformer(SchemaDescriber.DescribeAsync);
            options.AddDocumentTransformer((document, _, _) =>
            {
                Describe(document);
                return Task.CompletedTask;
            });
        });
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Restate Cloud",
            Version = "v1",
            Description =
                "The control plane: accounts, environments and API keys. Every operation is a POST with JSON in and out. "
                + "The body may be left out where the request is empty; unknown fields are ignored.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "A user's access token. API keys open environments, not this API.",
            },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
    }
}
