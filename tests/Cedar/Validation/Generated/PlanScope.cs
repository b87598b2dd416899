namespace RestateCloud.Cedar.Tests.Validation.Generated;

/// <summary>What conditions of a policy can reach in one kind of request: every attribute within a few steps, with its type.</summary>
internal sealed class PlanScope
{
    private const int Steps = 3;
    private const int MostPaths = 120;

    private readonly SchemaPlan _plan;

    public PlanScope(SchemaPlan plan, PlanAction action, string principal, string resource)
    {
        _plan = plan;
        Action = action;
        Paths =
        [
            new PlanPath("principal", new PlanType("Entity", principal), []),
            new PlanPath("resource", new PlanType("Entity", resource), []),
            new PlanPath("context", action.Context ?? new PlanType("Record", Fields: []), []),
        ];
        Principal = principal;
        Resource = resource;
        Extend();
    }

    public string Principal { get; }

    public string Resource { get; }

    public PlanAction Action { get; }

    public List<PlanPath> Paths { get; }

    private void Extend()
    {
        for (var (start, step) = (0, 0); step < Steps; step++)
        {
            var end = Paths.Count;
            for (var i = start; i < end && Paths.Count < MostPaths; i++)
            {
                var path = Paths[i];
                foreach (var field in _plan.FieldsOf(path.Type))
                {
                    var plain = field.Name is not ("e f" or "if");
                    var name = plain ? field.Name : $"\"{field.Name}\"";
                    var guard = $"{path.Text} has {name}";
                    Paths.Add(new PlanPath(
                        plain ? $"{path.Text}.{field.Name}" : $"{path.Text}[{name}]",
                        _plan.Resolve(field.Type),
                        field.Required ? path.Guards : [.. path.Guards, guard]));
                }
            }

            start = end;
        }
    }
}

/// <summary>An expression that reads attributes, its type, and what has to be asked before it is read.</summary>
internal sealed record PlanPath(string Text, PlanType Type, IReadOnlyList<string> Guards);
