namespace RestateCloud.Load.Clouds;

/// <summary>How long a start of the cloud took, from the start of its process.</summary>
/// <param name="Listening">Until the control API's port answered <c>/healthz</c> with 200.</param>
/// <param name="Ready">Until <c>first-run.json</c> was written anew: the first user can sign in.</param>
internal sealed record CloudStart(TimeSpan Listening, TimeSpan Ready);
