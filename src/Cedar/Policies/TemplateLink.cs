namespace RestateCloud.Cedar.Policies;

/// <summary>How a linked policy came to be: its template and what filled the slots.</summary>
internal sealed record TemplateLink(Policy Template, EntityUid? Principal, EntityUid? Resource);
