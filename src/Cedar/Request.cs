using RestateCloud.Cedar.Json;
using RestateCloud.Cedar.Values;

namespace RestateCloud.Cedar;

/// <summary>A question to the authorizer: may this principal do this action on this resource? A value without allocation.</summary>
public readonly struct Request
{
    private readonly RecordValue? _context;

    /// <summary>A request with an empty context.</summary>
    public Request(EntityUid principal, EntityUid action, EntityUid resource)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(resource);
        Principal = principal;
        Action = action;
        Resource = resource;
    }

    /// <summary>A request with a context.</summary>
    /// <exception cref="ArgumentException">The context is not a record.</exception>
    public Request(EntityUid principal, EntityUid action, EntityUid resource, CedarValue context)
        : this(principal, action, resource) =>
        _context = context.AsRecord ?? throw new ArgumentException("a context is a record", nameof(context));

    /// <summary>Who asks.</summary>
    public EntityUid Principal { get; }

    /// <summary>What is to be done.</summary>
    public EntityUid Action { get; }

    /// <summary>On what it is to be done.</summary>
    public EntityUid Resource { get; }

    /// <summary>What else policies can look at: a record.</summary>
    public CedarValue Context => CedarValue.Of(ContextRecord);

    internal RecordValue ContextRecord => _context ?? RecordValue.Empty;

    /// <summary>
    /// Reads the JSON form of a request: <c>principal</c>, <c>action</c> and <c>resource</c> as <c>{"type":…,"id":…}</c>, and
    /// optionally <c>context</c>.
    /// </summary>
    /// <param name="json">The document, nested at most 512 levels.</param>
    /// <param name="schema">Where given, values may be written in their short forms, and the request must conform to it.</param>
    /// <exception cref="CedarParseException">The document is not JSON, not of this form, or does not conform.</exception>
    public static Request Parse(string json, Schema? schema = null) => RequestJsonReader.Read(json, schema?.Types);

    /// <summary>Reads a context from JSON; it can be given to many requests.</summary>
    /// <exception cref="CedarParseException">The document is not JSON or not a record of Cedar values.</exception>
    public static CedarValue ParseContext(string json) => RequestJsonReader.ReadContext(json, null);
}
