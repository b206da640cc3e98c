using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Doctor;
using Republic.Core.Doctor.Examinations;

namespace Republic.Tests.Unit.Doctor;

public sealed class DatabaseExaminationTests : IDisposable
{
    private const string Elsewhere = "Host=db.example;Port=5433;Database=republic;Username=r;Password=canary-51";
    private static readonly DatabaseExamination.Server Healthy = new("18.4", 180_004, "UTF8", "on", 200, 12, 9_000_000);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-doctor-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_server_as_it_should_be_gives_no_findings() => Assert.Empty(DatabaseExamination.OfServer(Healthy, pool: 100));

    [Fact]
    public void Each_thing_that_is_wrong_with_a_server_is_found()
    {
        Assert.Equal((FindingLevel.Trouble, "PostgreSQL 15.9 is too old."), Only(Healthy with { Version = "15.9", Number = 150_009 }));
        Assert.Equal(FindingLevel.Trouble, Only(Healthy with { Encoding = "LATIN1" }).Level);
        Assert.Equal(FindingLevel.Warning, Only(Healthy with { Autovacuum = "off" }).Level);
        Assert.Contains("50 connections may be open, and one Republic opens up to 100", Only(Healthy with { Most = 50 }).Summary);
        Assert.Contains("195 of 200 connections are open", Only(Healthy with { Used = 195 }).Summary);
    }

    [Theory]
    [InlineData(DatabaseCondition.Missing, FindingLevel.Warning, "is not there yet")]
    [InlineData(DatabaseCondition.Away, FindingLevel.Trouble, "does not answer: Connection refused.")]
    public async Task A_database_that_does_not_answer_is_named_without_its_password(
        DatabaseCondition condition,
        FindingLevel level,
        string said
    )
    {
        var finding = Assert.Single(
            await Examination(new Installation { ConnectionString = Elsewhere })
                .ExamineAsync(new DatabaseState(condition, "Connection refused."), Ct)
        );

        Assert.Equal(level, finding.Level);
        Assert.StartsWith("The database republic at db.example:5433", finding.Summary, StringComparison.Ordinal);
        Assert.Contains(said, finding.Summary, StringComparison.Ordinal);
        Assert.NotNull(finding.Advice);
        Assert.DoesNotContain("canary", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_string_that_cannot_be_read_is_a_trouble_that_does_not_show_it()
    {
        var installation = new Installation { ConnectionString = "canary-52" };

        var state = await new DatabaseReader(installation, new Unreadable()).ReadAsync(Ct);
        var finding = Assert.Single(await Examination(installation).ExamineAsync(state, Ct));

        Assert.Equal(FindingLevel.Trouble, finding.Level);
        Assert.Contains("The connection string cannot be read.", finding.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", finding.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("18", "postgres (PostgreSQL) 18.4", null)]
    [InlineData("18", null, null)]
    [InlineData("17", "postgres (PostgreSQL) 18.4", "restore it with this one")]
    [InlineData("19", "postgres (PostgreSQL) 18.4", "the newer Republic")]
    public void Files_of_another_version_of_the_embedded_database_are_found(string files, string? program, string? advice)
    {
        var found = EmbeddedExamination.OfVersion(files, program).ToList();

        Assert.Equal(advice is null ? 0 : 1, found.Count);
        Assert.All(found, finding => Assert.Contains(advice!, finding.Advice, StringComparison.Ordinal));
    }

    [Fact]
    public void Files_of_another_account_are_found()
    {
        var root = new FolderOwner("0", "root");

        Assert.Null(EmbeddedExamination.OfOwner("/data/pg", root, own: "0"));
        Assert.Null(EmbeddedExamination.OfOwner("/data/pg", owner: null, own: "1000"));
        Assert.Contains("belongs to the account root", EmbeddedExamination.OfOwner("/data/pg", root, own: "1000")?.Summary);
    }

    [Fact]
    public async Task The_owner_of_a_folder_that_this_process_made_is_its_own_account()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var owner = await FolderOwner.OfAsync(folder.FullName, Ct);

        Assert.NotNull(owner);
        Assert.Equal(owner.Id, await FolderOwner.OwnIdAsync(Ct));
    }

    [Fact]
    public async Task An_embedded_database_without_its_password_is_a_trouble()
    {
        var data = new DataFolder(folder.FullName);
        await File.WriteAllTextAsync(Path.Combine(data.Folder("pg"), "PG_VERSION"), "18\n", Ct);

        var found = await new EmbeddedExamination(new Installation { IsEmbedded = true }, data).ExamineAsync(
            new DatabaseState(DatabaseCondition.Away),
            Ct
        );

        Assert.Contains(found, finding => finding.Summary.Contains("postgres.password is missing", StringComparison.Ordinal));
        Assert.Empty(await new EmbeddedExamination(new Installation(), data).ExamineAsync(new DatabaseState(DatabaseCondition.Away), Ct));
    }

    private DatabaseExamination Examination(Installation installation) => new(installation, new DataFolder(folder.FullName), null!);

    private static (FindingLevel Level, string Summary) Only(DatabaseExamination.Server server)
    {
        var finding = Assert.Single(DatabaseExamination.OfServer(server, pool: 100));
        Assert.NotNull(finding.Advice);
        return (finding.Level, finding.Summary);
    }

    /// <summary>Makes contexts on a connection string that cannot be read.</summary>
    private sealed class Unreadable : IDbContextFactory<RepublicDb>
    {
        public RepublicDb CreateDbContext() => new(new DbContextOptionsBuilder<RepublicDb>().UseNpgsql("canary-52").Options);
    }
}
