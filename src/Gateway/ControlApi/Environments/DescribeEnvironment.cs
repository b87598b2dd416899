using RestateCloud.Gateway.ControlApi.Operations;
using RestateCloud.Gateway.Tunnels.Server;

namespace RestateCloud.Gateway.ControlApi.Environments;

internal sealed class DescribeEnvironment(EnvironmentUrls urls, TunnelCertificate tunnel)
    : AccountOperation<EnvironmentRequest, DescribeEnvironmentResponse>
{
    public override string Summary => "Shows an environment: its state, its public keys, its API keys and where it is reached.";

    protected override async Task<DescribeEnvironmentResponse> InvokeAsync(
        AccountCall call, EnvironmentRequest request, CancellationToken cancellationToken)
    {
        var environment = await call.DescribeEnvironmentAsync(request.EnvironmentId, cancellationToken);
        return DescribeEnvironmentResponse.Of(environment, urls.Of(environment), tunnel.Authority);
    }
}

/// <param name="EnvironmentId"><c>env_…</c></param>
internal sealed record EnvironmentRequest(string EnvironmentId);
