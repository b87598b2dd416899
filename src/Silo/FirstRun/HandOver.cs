using Microsoft.Extensions.Options;
using Orleans;
using RestateCloud.Cli;
using RestateCloud.Gateway;
using RestateCloud.Gateway.Listening;
using RestateCloud.Grains.Regions;
using RestateCloud.Grains.Tokens;
using RestateCloud.Silo.Data;

namespace RestateCloud.Silo.FirstRun;

/// <summary>Hands a cloud that has started over to its first user: files for tools and scripts, and what a person reads.</summary>
internal sealed partial class HandOver(WebApplication app, DataFolder data)
{
    private const string DefaultFirstUser = "admin@localhost";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The same where a silo may go just when it is asked.</summary>
    public async Task RunPatientlyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await RunAsync(cancellationToken);
                return;
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or IOException or UnauthorizedAccessException))
            {
                LogLater(app.Logger, exception.Message);
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        var user = await FirstUser.EnsureAsync(grains, app.Configuration["FirstUser:Email"] ?? DefaultFirstUser, cancellationToken);
        var token = await grains.GetGrain<ITokenIssuerGrain>(ITokenIssuerGrain.Key)
            .IssueAsync(user.UserId, AccessTokens.MaximumLifetime, cancellationToken);

        var ports = app.Services.GetRequiredService<GatewayPorts>();
        var first = new FirstRunFile(
            ApiBaseUrl: Url(ports.Api),
            IngressBaseUrl: Url(ports.Ingress),
            AdminBaseUrl: Url(ports.Admin),
            ProxyBaseUrl: Url(ports.TunnelProxy),
            user.UserId,
            user.Email,
            token);
        var cli = new CliFolder(data);
        await cli.WriteAsync(first, cancellationToken);
        await PrivateFile.WriteAsync(data.FirstRunFile, first.ToJson(), cancellationToken);

        var regions = app.Services.GetRequiredService<RegionOptions>();
        var domain = $"env.{regions.Default}.{app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.Domain}";
        await Console.Out.WriteLineAsync(Welcome.Text(first, user, cli, data.Path, domain));

        static string Url(int port) => $"http://127.0.0.1:{port}";
    }

    [LoggerMessage(LogLevel.Warning, "The first user cannot be asked for yet: {Reason}")]
    private static partial void LogLater(ILogger logger, string reason);
}
