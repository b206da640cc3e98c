using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using Republic.Core.Data;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Cli;

/// <summary><c>republic doctor</c>, as whoever runs a republic sees it. Each command is a start of the program, so that each tells several things.</summary>
public sealed class DoctorTests(TestDatabases databases)
{
    /// <summary>A port that is free on every machine.</summary>
    private const string AnyPort = "--urls=http://127.0.0.1:0";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_healthy_installation_has_no_trouble_and_its_report_is_one_object_without_secrets()
    {
        await using var ring = await SealedRing.NewAsync(databases, 3);
        var password = new NpgsqlConnectionStringBuilder(ring.ConnectionString).Password!;

        var (exit, output, error) = await RunAsync(ring, "--json");

        Assert.Equal((0, ""), (exit, error));
        var report = JsonNode.Parse(output)!.AsObject();
        Assert.Equal(["checked_at", "version", "findings"], report.Select(property => property.Key));
        Assert.True(TimeProvider.System.GetUtcNow() - report["checked_at"]!.GetValue<DateTimeOffset>() < TimeSpan.FromMinutes(5));
        var findings = report["findings"]!.AsArray();
        Assert.All(
            findings,
            finding =>
            {
                Assert.Equal(["check", "level", "summary", "advice"], finding!.AsObject().Select(property => property.Key));
                Assert.Equal(finding["level"]!.GetValue<string>() == "good", finding["advice"] is null);
            }
        );
        Assert.Contains(findings, finding => finding!["summary"]!.GetValue<string>() == "All 3 secrets can be opened.");
        Assert.Contains(
            findings,
            finding => finding!["summary"]!.GetValue<string>().StartsWith("The database t_", StringComparison.Ordinal)
        );
        var key = (await File.ReadAllTextAsync(ring.Keys().Current.Source, Ct)).Trim();
        Assert.All([password, key], secret => Assert.DoesNotContain(secret, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_is_gone_is_a_trouble_and_none_is_made()
    {
        await using var ring = await SealedRing.NewAsync(databases, 5);
        var key = ring.Keys().Current;
        File.Delete(key.Source);

        var (exit, output, _) = await RunAsync(ring, "--Jobs:ClockTolerance=-00:00:01");

        Assert.Equal(1, exit);
        Assert.Contains("trouble  key         There is no key", output, StringComparison.Ordinal);
        // Settings of jobs hold for it, though it works on none.
        Assert.Contains("so that this node takes no jobs", output, StringComparison.Ordinal);
        Assert.Contains($"5 secrets cannot be opened: the key {key.Name} is not here.", output, StringComparison.Ordinal);
        Assert.EndsWith(" good.\n", output, StringComparison.Ordinal);
        Assert.False(File.Exists(key.Source));
    }

    [Fact]
    public async Task A_database_of_an_earlier_version_is_a_trouble_and_stays_as_it_is()
    {
        await using var ring = await SealedRing.NewAsync(databases, 0);
        var earlier = await databases.NewWithoutTablesAsync();
        await using var db = new RepublicDb(new DbContextOptionsBuilder<RepublicDb>().UseNpgsql(earlier + ";Pooling=false").Options);
        var migrations = db.Database.GetMigrations().ToList();
        await db.GetService<IMigrator>().MigrateAsync(migrations[^2], Ct);

        var (exit, output, _) = await World.Cli.RunAsync(ring.Folder.Root, "", "doctor", AnyPort, $"--ConnectionStrings:Db={earlier}");

        Assert.Equal(1, exit);
        Assert.Contains($"is of an earlier version: it lacks {migrations[^1]}.", output, StringComparison.Ordinal);
        Assert.Contains("Not examined, because the tables of the database cannot be read.", output, StringComparison.Ordinal);
        Assert.Equal([migrations[^1]], await db.Database.GetPendingMigrationsAsync(Ct));
        await databases.DropAsync(earlier);
    }

    [Fact]
    public async Task A_database_that_is_down_and_a_key_that_cannot_be_used_are_two_of_its_findings()
    {
        await using var ring = await SealedRing.NewAsync(databases, 0);

        var (exit, output, error) = await World.Cli.RunAsync(
            ring.Folder.Root,
            "",
            "doctor",
            AnyPort,
            "--API_KEY_ENCRYPTION_KEY=Y2FuYXJ5",
            "--ConnectionStrings:Db=Host=127.0.0.1;Port=9;Database=none;Username=nobody;Password=canary-7f3a"
        );

        Assert.Equal((1, ""), (exit, error));
        Assert.Contains("The database none at 127.0.0.1:9 does not answer", output, StringComparison.Ordinal);
        Assert.Contains("API_KEY_ENCRYPTION_KEY is 6 bytes long", output, StringComparison.Ordinal);
        Assert.Contains("Republic 1", output, StringComparison.Ordinal);
        Assert.DoesNotMatch("canary|Y2FuYXJ5", output);
    }

    [Fact]
    public async Task Where_nothing_was_started_yet_there_are_warnings_and_nothing_is_made()
    {
        var folder = Directory.CreateTempSubdirectory("republic-doctor-");

        var (exit, output, _) = await World.Cli.RunAsync(folder.FullName, "", "doctor", AnyPort);

        Assert.Equal(0, exit);
        Assert.Contains("is not there yet", output, StringComparison.Ordinal);
        Assert.Contains("There is no key yet.", output, StringComparison.Ordinal);
        Assert.Empty(folder.GetFileSystemInfos());
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Settings_that_cannot_be_read_are_the_only_finding()
    {
        var folder = Directory.CreateTempSubdirectory("republic-doctor-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.json"), "{ not json", Ct);

        var (exit, output, _) = await World.Cli.RunAsync(folder.FullName, "", "doctor", "--json");

        Assert.Equal(1, exit);
        var finding = Assert.Single(JsonNode.Parse(output)!["findings"]!.AsArray())!;
        Assert.Equal(("settings", "trouble"), (finding["check"]!.GetValue<string>(), finding["level"]!.GetValue<string>()));
        folder.Delete(recursive: true);
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(SealedRing ring, params string[] more) =>
        World.Cli.RunAsync(ring.Folder.Root, "", ["doctor", AnyPort, $"--ConnectionStrings:Db={ring.ConnectionString}", .. more]);
}
