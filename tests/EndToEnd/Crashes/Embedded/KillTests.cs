using System.Globalization;
using System.Net;
using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.EndToEnd.Tests.ControlPlane;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Crashes;

/// <summary>The whole life of an environment, with a <c>kill -9</c> of the cloud at a random moment of every step of it.</summary>
/// <remarks>
/// <c>RESTATE_CLOUD_LIVES</c> sets how many lives are lived (2 unless set, eight kills and more each), <c>RESTATE_CLOUD_SEED</c> repeats the moments
/// of a run that failed.
/// </remarks>
public sealed class KillTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly int _seed = Number("RESTATE_CLOUD_SEED") ?? Random.Shared.Next();
    private readonly Random _random;
    private Cloud? _cloud;
    private Tenant? _tenant;

    public KillTests() => _random = new Random(_seed);

    private Cloud Cloud => _cloud!;

    private ControlApi Api => _tenant!.Api;

    private string Account => _tenant!.AccountId;

    public async ValueTask InitializeAsync()
    {
        _cloud = await Cloud.StartAsync();
        _tenant = await Tenant.CreateAsync(_cloud, _cloud.FirstRun.AccessToken);
    }

    public async ValueTask DisposeAsync()
    {
        _tenant?.Dispose();
        if (_cloud is not null) await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task Killed_at_any_moment_the_cloud_ends_in_what_was_asked_for_and_leaves_nothing_behind()
    {
        TestContext.Current.SendDiagnosticMessage($"RESTATE_CLOUD_SEED={_seed}");
        for (var life = 0; life < (Number("RESTATE_CLOUD_LIVES") ?? 2); life++)
        {
            try
            {
                await LiveAsync($"life-{life}");
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Life {life} of RESTATE_CLOUD_SEED={_seed}; the cloud said:\n{Cloud.Output}", e);
            }
        }
    }

    private async Task LiveAsync(string name)
    {
        var environment = (await KilledAsync(() => Api.CreateEnvironmentAsync(Account, name, "1.6.2", idempotencyKey: name))).EnvironmentId;
        Assert.Equal(environment, Assert.Single(await Api.ListEnvironmentsAsync(Account)).EnvironmentId);
        await RunsAsync(environment, tier: "FREE", version: "1.6.2");

        var key = await KilledAsync(() => Api.CreateApiKeyAsync(Account, environment, Roles.Full, idempotencyKey: name));
        Assert.Equal(key.KeyId, Assert.Single(await Api.ListApiKeysAsync(Account, environment)).KeyId);
        await AnswersAsync(environment, key.ApiKey, HttpStatusCode.OK);

        await KilledAsync(() => DoneAsync(Api.UpdateEnvironmentTierAsync(Account, environment, "STARTER")));
        await RunsAsync(environment, tier: "STARTER", version: "1.6.2");

        await KilledAsync(() => DoneAsync(Api.UpdateEnvironmentVersionAsync(Account, environment, "1.7.12")));
        await RunsAsync(environment, tier: "STARTER", version: "1.7.12");
        await AnswersAsync(environment, key.ApiKey, HttpStatusCode.OK);

        var publicKey = await KilledAsync(() => Api.BeginIdentityKeyRotationAsync(Account, environment, idempotencyKey: $"{name}-rotation"));
        await KilledAsync(() => DoneAsync(Api.CompleteIdentityKeyRotationAsync(Account, environment, publicKey)));
        await RunsAsync(environment, tier: "STARTER", version: "1.7.12");
        await SignsWithAsync(environment, publicKey);

        await KilledAsync(() => DoneAsync(Api.DeleteApiKeyAsync(Account, environment, key.KeyId)));
        Assert.Empty(await Api.ListApiKeysAsync(Account, environment));
        await AnswersAsync(environment, key.ApiKey, HttpStatusCode.Unauthorized);

        Assert.NotEmpty(await KeptOfAsync(environment, key.KeyId));
        await KilledAsync(() => DoneAsync(DestroyAsync(environment)));
        Assert.Empty(await Api.ListEnvironmentsAsync(Account));
        await NothingIsLeftOfAsync(environment, key.KeyId);
    }

    /// <summary>
    /// Asks for something, kills the cloud at some moment of doing it, sometimes again while it recovers, starts it and asks again, as a client
    /// does that got no answer.
    /// </summary>
    private async Task<T> KilledAsync<T>(Func<Task<T>> ask)
        where T : class
    {
        var asked = AnswerOrNullAsync(ask());
        await Task.Delay(Moment());
        await Cloud.KillAsync();
        var answered = await asked;
        if (_random.Next(3) == 0) await Cloud.StartAndKillAsync(Moment());
        await Cloud.StartAgainAsync();

        var again = await ask();
        if (answered is not null) Assert.Equal(answered, again);
        return again;
    }

    // Half of the moments fall into the request itself, half into the work that follows its answer.
    private TimeSpan Moment() => TimeSpan.FromMilliseconds(_random.Next(2) == 0 ? _random.Next(60) : _random.Next(1500));

    private async Task RunsAsync(string environment, string tier, string version)
    {
        var description = await Api.ActiveEnvironmentAsync(Account, environment);
        Assert.Equal((tier, version), (description.TierId, description.RunningVersion));
        await Eventually.HoldsAsync(() => Cloud.Servers is [var server] && server.EnvironmentId == environment, "one server runs", Limit);
    }

    private async Task AnswersAsync(string environment, string key, HttpStatusCode status)
    {
        var description = await Api.ActiveEnvironmentAsync(Account, environment);
        using var admin = Http.Client(description.AdminBaseUrl, key);
        using var response = await admin.GetAsync("health");
        Assert.Equal(status, response.StatusCode);
    }

    private async Task SignsWithAsync(string environment, string publicKey)
    {
        var keys = (await Api.DescribeEnvironmentAsync(Account, environment)).IdentityKeys;
        Assert.Equal(["ACTIVE", "RETIRING"], keys.Select(key => key.State));
        Assert.Equal(publicKey, keys[0].PublicKey);
        var log = await Api.PostAsync<LogLines>($"{Account}/GetEnvironmentLogs", new { environmentId = environment, start = 0, end = long.MaxValue });
        Assert.Contains(publicKey, log.Lines.Last(line => line.Line.Contains("Loaded request identity key")).Line);
    }

    private async Task DestroyAsync(string environment)
    {
        try
        {
            await Api.DestroyEnvironmentAsync(Account, environment);
        }
        catch (ControlApiException e) when (e.Status == HttpStatusCode.NotFound)
        {
            // The first request did it.
        }
    }

    private async Task NothingIsLeftOfAsync(string environment, string key)
    {
        await Eventually.HoldsAsync(() => Cloud.Servers.Count == 0, "no server runs", Limit);
        await Eventually.HoldsAsync(() => !Directory.EnumerateFileSystemEntries(Cloud.DataFolder, $"*{environment}*", SearchOption.AllDirectories).Any(), "no file is left", Limit);
        await Eventually.HoldsAsync(async () => !(await KeptOfAsync(environment, key)).Any(), "no grain keeps anything", Limit);
    }

    private async Task<IEnumerable<GrainRow>> KeptOfAsync(string environment, string key) =>
        (await GrainRow.AllOfAsync(Cloud.DataFolder)).Where(row => row.GrainKey.Contains(environment) || row.GrainKey.Contains(key));

    private static async Task<T?> AnswerOrNullAsync<T>(Task<T> call)
        where T : class
    {
        try
        {
            return await call;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<string> DoneAsync(Task call)
    {
        await call;
        return "done";
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
