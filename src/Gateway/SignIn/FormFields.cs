using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace RestateCloud.Gateway.SignIn;

/// <summary>The fields of a small form. A field that is missing, repeated or too long is absent.</summary>
internal sealed class FormFields
{
    private const int MaximumBytes = 16 * 1024;
    private const int MaximumValueLength = 4 * 1024;
    private const int MaximumFields = 32;

    private readonly IEnumerable<KeyValuePair<string, StringValues>> _fields;

    private FormFields(IEnumerable<KeyValuePair<string, StringValues>> fields) => _fields = fields;

    /// <summary>The field's value, or null.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var (key, values) in _fields)
            {
                if (string.Equals(key, name, StringComparison.Ordinal)) return values is [{ Length: <= MaximumValueLength } value] ? value : null;
            }

            return null;
        }
    }

    /// <summary>The fields of a query.</summary>
    public static FormFields Of(IQueryCollection query) => new(query);

    /// <summary>The fields of a URL-encoded body; none when the body is anything else.</summary>
    public static async Task<FormFields> ReadAsync(HttpContext context)
    {
        if (!IsUrlEncoded(context.Request) || context.Request.ContentLength > MaximumBytes) return new FormFields([]);
        var feature = new FormFeature(context.Request, new FormOptions
        {
            BufferBodyLengthLimit = MaximumBytes,
            ValueLengthLimit = MaximumValueLength,
            ValueCountLimit = MaximumFields,
        });
        try
        {
            return new FormFields(await feature.ReadFormAsync(context.RequestAborted));
        }
        catch (InvalidDataException)
        {
            return new FormFields([]);
        }
    }

    private static bool IsUrlEncoded(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(MediaTypeNames.Application.FormUrlEncoded, StringComparison.OrdinalIgnoreCase);
}
