using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RestateCloud.Gateway.ControlApi.Requests;

namespace RestateCloud.Gateway.ControlApi.OpenApi;

/// <summary>Describes enumerations by their wire names: the schema exporter cannot look into a converter of our own.</summary>
internal static class EnumDescriber
{
    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. WireNames.Of(type).Select(name => (JsonNode)name)];
        }

        return Task.CompletedTask;
    }
}
