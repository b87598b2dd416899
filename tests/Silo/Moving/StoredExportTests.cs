using System.Text.Json.Nodes;
using RestateCloud.Grains.Records;
using RestateCloud.Silo.Moving;
using RestateCloud.Silo.Tests.Hosting;

namespace RestateCloud.Silo.Tests.Moving;

/// <summary>Exports outlive the program that wrote them. Stored/ holds what earlier versions of the default build wrote; either build reads them.</summary>
public sealed class StoredExportTests
{
    [Fact]
    public async Task An_export_that_an_earlier_version_wrote_is_imported()
    {
        using var cloud = await TestCloud.NewAsync();
        var file = Path.Combine(AppContext.BaseDirectory, "Moving", "Stored", "export.1.age");

        var imported = await Import.RunAsync(cloud.Cloud, file, "correct horse battery"u8.ToArray(), () => { }, CancellationToken.None);

        Assert.Equal((10, 1), (imported.Count, imported.Environments));
        var records = await cloud.OpenRecordsAsync();
        Assert.Equal(
            ["account", "api-key", "environment", "region", "token-issuer", "tunnel", "user", "user-email"],
            records.OfType<StateRecord>().Select(state => state.Name).Order());
        var environment = JsonNode.Parse(records.OfType<StateRecord>().Single(state => state.Name == "environment").Json)!;
        Assert.Equal("secret-signing-key", (string?)environment["SigningPrivateKey"]);
        Assert.Equal("secret-next-key", (string?)environment["NextSigningPair"]!["PrivateKey"]);
        Assert.Equal("secret-api-key", (string?)environment["Idempotency"]!["Calls"]![0]!["Answer"]);
        Assert.Equal("Name", (string?)environment["Name"]);
        Assert.Contains(
            new ReminderRecord("environment", "env_1", "reconcile", new DateTimeOffset(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero), TimeSpan.FromMinutes(5)), records);
    }
}
