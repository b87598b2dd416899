namespace RestateCloud.EndToEnd.Tests.ControlPlane;

/// <summary>The exact names on the wire.</summary>
public static class Roles
{
    public const string Full = "rst:role::FullAccess";
    public const string Ingress = "rst:role::IngressAccess";
    public const string Admin = "rst:role::AdminAccess";
    public const string CompleteAwakeable = "rst:role::CompleteAwakeableAccess";
    public const string Tunnel = "rst:role::TunnelAccess";
}
