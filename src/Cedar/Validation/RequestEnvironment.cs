using RestateCloud.Cedar.Schemas;

namespace RestateCloud.Cedar.Validation;

/// <summary>The types of one kind of request a schema allows; a policy is checked in each it may apply to.</summary>
internal sealed record RequestEnvironment(string Principal, ActionDefinition Action, string Resource);
