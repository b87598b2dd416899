namespace RestateCloud.Gateway.Tunnels.Connections;

/// <summary>A way to a tunnel's client on which requests are carried, wherever the client is connected.</summary>
internal interface ITunnelConnection
{
    /// <summary>Requests that are on it now.</summary>
    int InFlight { get; }

    /// <summary>Sends requests; a <see cref="Http2.ConnectionGoneException"/> in the failure says that nothing was sent.</summary>
    HttpMessageInvoker Invoker { get; }

    /// <summary>Puts a request on it; false when it takes no more. <see cref="Exit"/> follows.</summary>
    bool TryEnter();

    /// <summary>A request has ended.</summary>
    void Exit();

    /// <summary>It was found to take no more requests.</summary>
    void Retire();
}
