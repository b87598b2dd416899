using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using RestateCloud.Gateway.Errors;
using RestateCloud.Gateway.Forwarding;
using RestateCloud.Gateway.Listening;

namespace RestateCloud.Gateway.Telemetry;

/// <summary>Meter <c>RestateCloud.Gateway</c>: requests, latency, bytes and refusals of the data plane.</summary>
internal sealed class GatewayMetrics : IDisposable
{
    private const int EnvironmentLimit = 2000;
    private const string OtherEnvironments = "other";
    private const string NoEnvironment = "none";

    private readonly ConcurrentDictionary<string, string> _environments = new();
    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly UpDownCounter<long> _active;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _requestBytes;
    private readonly Counter<long> _responseBytes;

    public GatewayMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("RestateCloud.Gateway");
        _duration = _meter.CreateHistogram<double>("restate_cloud.gateway.request.duration", "s", "Time from request to the end of the answer.");
        _active = _meter.CreateUpDownCounter<long>("restate_cloud.gateway.active_requests", "{request}", "Requests in flight.");
        _requests = _meter.CreateCounter<long>("restate_cloud.gateway.requests", "{request}", "Requests by environment and status.");
        _refusals = _meter.CreateCounter<long>("restate_cloud.gateway.refusals", "{request}", "Requests that the gateway answered itself.");
        _requestBytes = _meter.CreateCounter<long>("restate_cloud.gateway.request.bytes", "By", "Request bodies.");
        _responseBytes = _meter.CreateCounter<long>("restate_cloud.gateway.response.bytes", "By", "Response bodies.");
    }

    public void Begin(PortRole role)
    {
        if (_active.Enabled) _active.Add(1, Tag(role));
    }

    /// <summary>A request that was begun here is another's.</summary>
    public void Withdraw(PortRole role)
    {
        if (_active.Enabled) _active.Add(-1, Tag(role));
    }

    public void End(PortRole role, string? environmentId, int status, Refusal? refusal, Transfer? transfer, long started) =>
        End(role, environmentId, status, refusal, transfer?.RequestBytes, transfer?.ResponseBytes, started);

    public void End(PortRole role, string? environmentId, int status, Refusal? refusal, long? requestBytes, long? responseBytes, long started)
    {
        if (_active.Enabled) _active.Add(-1, Tag(role));
        if (_duration.Enabled) _duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, Tag(role), new("status", status));
        if (refusal is not null && _refusals.Enabled) _refusals.Add(1, Tag(role), new("reason", refusal.Reason));
        if (!_requests.Enabled && !_requestBytes.Enabled && !_responseBytes.Enabled) return;

        var environment = new KeyValuePair<string, object?>("environment_id", Bounded(environmentId));
        _requests.Add(1, Tag(role), new("status", status), environment);
        if (requestBytes is { } sent) _requestBytes.Add(sent, Tag(role), environment);
        if (responseBytes is { } received) _responseBytes.Add(received, Tag(role), environment);
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>Each id is a time series for ever: from some number on they share one.</summary>
    private string Bounded(string? environmentId)
    {
        if (environmentId is null) return NoEnvironment;
        if (_environments.ContainsKey(environmentId)) return environmentId;
        if (_environments.Count >= EnvironmentLimit) return OtherEnvironments;
        return _environments.GetOrAdd(environmentId, environmentId);
    }

    private static KeyValuePair<string, object?> Tag(PortRole role) => new("port", role switch
    {
        PortRole.Ingress => "ingress",
        PortRole.Admin => "admin",
        PortRole.TunnelProxy => "tunnel_proxy",
        PortRole.Tunnel => "tunnel",
        PortRole.Crossing => "crossing",
        _ => "api",
    });
}
