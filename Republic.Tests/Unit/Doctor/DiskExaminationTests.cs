using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Doctor;
using Republic.Core.Doctor.Examinations;

namespace Republic.Tests.Unit.Doctor;

public sealed class DiskExaminationTests : IDisposable
{
    private const long Gigabyte = 1_000_000_000;
    private static readonly DatabaseState Ready = new(DatabaseCondition.Ready);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-doctor-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(500, FindingLevel.Good)]
    [InlineData(52, FindingLevel.Warning)]
    [InlineData(49, FindingLevel.Trouble)]
    public async Task What_is_free_is_said_with_figures(long free, FindingLevel level)
    {
        var finding = Assert.Single(await ExamineAsync(_ => (free * Gigabyte, 1000 * Gigabyte)));

        Assert.Equal(("disk", level), (finding.Check, finding.Level));
        Assert.Contains($"{ByteSize.Of(free * Gigabyte)} of 931 GB are free", finding.Summary, StringComparison.Ordinal);
        Assert.Equal(level != FindingLevel.Good, finding.Advice is not null);
    }

    [Fact]
    public async Task A_database_on_a_disk_of_its_own_is_examined_too()
    {
        folder.CreateSubdirectory("pg");
        (long, long) Read(string path) =>
            path.EndsWith("pg", StringComparison.Ordinal) ? (Gigabyte, 20 * Gigabyte) : (Gigabyte * 500, Gigabyte * 900);

        var found = await ExamineAsync(Read);
        var outside = await ExamineAsync(Read, isEmbedded: false);

        Assert.Equal([FindingLevel.Good, FindingLevel.Trouble], found.Select(finding => finding.Level));
        Assert.Contains("the embedded database", found[1].Summary, StringComparison.Ordinal);
        Assert.Single(outside);
    }

    [Fact]
    public async Task Nothing_is_left_behind_by_trying_to_write()
    {
        await ExamineAsync(_ => (500 * Gigabyte, 900 * Gigabyte));

        Assert.Empty(folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_trouble()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // Nobody makes files there, not even root.
        var found = await new DiskExamination(
            new DataFolder("/proc"),
            new Installation(),
            _ => (500 * Gigabyte, 900 * Gigabyte)
        ).ExamineAsync(Ready, Ct);

        Assert.Equal([FindingLevel.Trouble, FindingLevel.Good], found.Select(finding => finding.Level));
        Assert.StartsWith("The data folder /proc cannot be written", found[0].Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_that_is_not_over_is_a_trouble()
    {
        folder.CreateSubdirectory("restoring");

        var found = await ExamineAsync(_ => (500 * Gigabyte, 900 * Gigabyte));

        Assert.Equal([FindingLevel.Trouble, FindingLevel.Good], found.Select(finding => finding.Level));
        Assert.Contains("restore command again", found[0].Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_yet_is_not_made()
    {
        var data = new DataFolder(Path.Combine(folder.FullName, "none"));

        var finding = Assert.Single(await new DiskExamination(data, new Installation()).ExamineAsync(Ready, Ct));

        Assert.Equal(FindingLevel.Warning, finding.Level);
        Assert.False(Directory.Exists(data.Root));
    }

    [Fact]
    public async Task The_disk_of_this_machine_has_figures()
    {
        var data = new DataFolder(folder.FullName);

        Assert.Contains("are free for", Assert.Single(await new DiskExamination(data, new Installation()).ExamineAsync(Ready, Ct)).Summary);
    }

    private Task<IReadOnlyList<Finding>> ExamineAsync(Func<string, (long Free, long Total)> read, bool isEmbedded = true) =>
        new DiskExamination(new DataFolder(folder.FullName), new Installation { IsEmbedded = isEmbedded }, read).ExamineAsync(Ready, Ct);
}
