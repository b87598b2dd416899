using System.Globalization;
using System.Net.Mime;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RestateCloud.Gateway.ControlApi.Errors;
using RestateCloud.Gateway.ControlApi.Operations;
using RestateCloud.Gateway.ControlApi.Requests;

namespace RestateCloud.Gateway.ControlApi.OpenApi;

/// <summary>Describes one operation from what it says of itself.</summary>
internal sealed class OperationDescriber : IOpenApiOperationTransformer
{
    private static readonly (int Status, string Description)[] Errors =
    [
        (400, "The request is wrong: the message says what and how to do it right."),
        (401, "The access token is missing, invalid or expired."),
        (403, "The caller may not do this; API keys may do nothing here."),
        (404, "No such resource, or none that the caller may know of."),
        (409, "The request contradicts the state of the resource, such as a name that is taken."),
        (429, "Too many requests, or a quota is used up."),
        (500, "Something failed in the cloud: the message holds a trace id."),
        (503, "The control plane does not answer at the moment: ask again after the time in Retry-After."),
    ];

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var described = context.Description.ActionDescriptor.EndpointMetadata.OfType<Operation>().Single();
        operation.OperationId = described.Name;
        operation.Summary = described.Summary;
        operation.Description = described.Description;
        operation.Parameters = [.. Parameters(described)];

        var request = await context.GetOrCreateSchemaAsync(described.RequestType, null, cancellationToken);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = request.Required is { Count: > 0 },
            Content = Json(described.RequestType, request, context),
        };

        var response = await context.GetOrCreateSchemaAsync(described.ResponseType, null, cancellationToken);
        var error = await context.GetOrCreateSchemaAsync(typeof(ErrorBody), null, cancellationToken);
        operation.Responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse { Description = "Done.", Content = Json(described.ResponseType, response, context) },
        };
        foreach (var (status, description) in Errors)
        {
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] =
                new OpenApiResponse { Description = description, Content = Json(typeof(ErrorBody), error, context) };
        }
    }

    private static IEnumerable<IOpenApiParameter> Parameters(Operation operation)
    {
        if (operation.Path.Contains("{accountId}", StringComparison.Ordinal))
        {
            yield return new OpenApiParameter
            {
                Name = "accountId",
                In = ParameterLocation.Path,
                Required = true,
                Description = "The account, acc_…",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }

        if (operation.TakesIdempotencyKey)
        {
            yield return new OpenApiParameter
            {
                Name = IdempotencyKey.Header,
                In = ParameterLocation.Header,
                Description = "Visible ASCII characters. A repeated call with the same key within 24 hours answers the first call's result.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyKey.MaximumLength },
            };
        }
    }

    /// <summary>Content of a type, its schema a component of the document under the type's name.</summary>
    private static Dictionary<string, OpenApiMediaType> Json(Type type, OpenApiSchema schema, OpenApiOperationTransformerContext context)
    {
        var document = context.Document!;
        document.AddComponent(type.Name, schema);
        return new() { [MediaTypeNames.Application.Json] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(type.Name, document) } };
    }
}
