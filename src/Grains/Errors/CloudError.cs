namespace RestateCloud.Grains.Errors;

/// <summary>Why the cloud refuses an operation; each value is the HTTP status that the control API answers with.</summary>
public enum CloudError
{
    /// <summary>The request itself is wrong and stays wrong when repeated.</summary>
    Invalid = 400,

    /// <summary>The caller is known and may not do this.</summary>
    Forbidden = 403,

    /// <summary>No such resource, or none that the caller may know of: the two are not told apart.</summary>
    NotFound = 404,

    /// <summary>The request contradicts the present state of the resource.</summary>
    Conflict = 409,

    /// <summary>A quota of the user, account or environment is used up.</summary>
    QuotaExceeded = 429,
}
