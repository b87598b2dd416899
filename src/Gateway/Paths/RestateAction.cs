namespace RestateCloud.Gateway.Paths;

/// <summary>What a request does, in Restate's words.</summary>
internal enum RestateAction
{
    /// <summary>A path that is not in Restate's documented APIs.</summary>
    Unknown,

    // Ingress
    Call,
    Send,
    ResolveAwakeable,
    RejectAwakeable,
    Attach,
    GetOutput,
    Lookup,
    ListCallableServices,

    // Admin, reading
    ReadAdmin,
    Query,
    DecodeSerde,

    // Admin, writing
    RegisterDeployment,
    UpdateDeployment,
    DeleteDeployment,
    ModifyService,
    ModifyServiceState,
    DeleteInvocation,
    CancelInvocation,
    KillInvocation,
    PauseInvocation,
    PurgeInvocation,
    PurgeJournal,
    RestartInvocationAsNew,
    ResumeInvocation,
    BatchInvocations,
    ChangeKafkaCluster,
    ChangeSubscription,
    ChangeLimitRules,
    PauseVQueue,
    ResumeVQueue,
    EncodeSerde,

    // Tunnel server
    OpenTunnel,
}
