using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RestateCloud.Gateway.ControlApi.Requests;

namespace RestateCloud.Gateway.ControlApi.OpenApi;

/// <summary>Says of schemas what the framework's exporter cannot know.</summary>
internal static class SchemaDescriber
{
    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        // The exporter cannot look into a converter of our own.
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. WireNames.Of(type).Select(name => (JsonNode)name)];
        }

        // What is null is left out.
        foreach (var property in context.JsonTypeInfo.Properties.Where(property => property.IsGetNullable)) schema.Required?.Remove(property.Name);
        return Task.CompletedTask;
    }
}
