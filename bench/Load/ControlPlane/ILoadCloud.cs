using RestateCloud.Load.ControlPlane.Hosts;

namespace RestateCloud.Load.ControlPlane;

/// <summary>A cloud whose environments have no servers.</summary>
internal interface ILoadCloud : IAsyncDisposable
{
    /// <returns>The process that serves the control API.</returns>
    Task<HostProcess> StartAsync();
}
