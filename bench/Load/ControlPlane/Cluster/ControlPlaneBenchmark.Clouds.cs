using RestateCloud.Load.Grains;

namespace RestateCloud.Load.ControlPlane;

internal static partial class ControlPlaneBenchmark
{
    private static IEnumerable<(string Name, ILoadCloud Cloud)> Clouds() =>
        [(GrainHosting.Name, new LoadCloud()), ("three silos and a gateway", new LoadCluster(silos: 3))];
}
