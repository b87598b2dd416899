namespace RestateCloud.Gateway.ControlApi.Errors;

/// <summary>What every refusal and failure looks like.</summary>
/// <param name="Code">The HTTP status.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed record ErrorBody(int Code, string Message);
