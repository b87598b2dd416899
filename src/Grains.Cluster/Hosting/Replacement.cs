using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime.GrainDirectory;
using RestateCloud.Grains.Cluster.Calls;
using RestateCloud.Grains.Cluster.Directory;

namespace RestateCloud.Grains.Cluster.Hosting;

/// <summary>Has silos be replaced one after another without a call that fails; as Orleans comes, calls get lost or are rejected.</summary>
internal static class Replacement
{
    // A client does not come back to a silo that told it to leave before this has passed. Longer than the silo is still listed as active, and
    // shorter than a silo takes to stop and start, so that the next one is not stopped while a client knows of no other.
    private static readonly TimeSpan ClientsStayAway = TimeSpan.FromSeconds(10);

    /// <param name="silo">The silo.</param>
    /// <param name="leaveTime">
    /// For clients to send no more through a silo that stops, and to be answered what they have sent; and for other silos after its grains have
    /// left, while it passes on what still comes for them.
    /// </param>
    public static ISiloBuilder StopGently(this ISiloBuilder silo, TimeSpan leaveTime)
    {
        silo.Services.Configure<SiloMessagingOptions>(messaging =>
        {
            messaging.ClientGatewayShutdownNotificationTimeout = leaveTime;
            messaging.WaitForMessageToBeQueuedForOutboundTime = leaveTime;
        });
        // Orleans' first directory is lost in part with every silo that stops: grains elsewhere are deactivated for that, or live twice for a
        // moment. This one is handed on, and is marked experimental.
#pragma warning disable ORLEANSEXP003
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        silo.Services.AddSingleton<IGrainDirectoryCache, LiveAddressCache>();
        silo.AddIncomingGrainCallFilter<InnerRejections>();
        return silo.AddOutgoingGrainCallFilter<RejectedCalls>();
    }

    public static IClientBuilder OutliveSilos(this IClientBuilder client)
    {
        client.Services.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = ClientsStayAway);
        return client.AddOutgoingGrainCallFilter<RejectedCalls>();
    }
}
