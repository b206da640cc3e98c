using Microsoft.Extensions.Options;
using Republic.Core.Backups.Schedules;
using Republic.Core.Data;

namespace Republic.Tests.Unit.Backups;

public sealed class BackupFolderTests : IDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("republic-backups-");

    public void Dispose() => data.Delete(recursive: true);

    [Fact]
    public void Backups_lie_in_the_data_folder_or_where_the_setting_says()
    {
        Assert.Equal(Path.Combine(data.FullName, "backups"), Folder(new()).Root);
        Assert.Equal("/mnt/backups", Folder(new() { Folder = "/mnt/backups" }).Root);
    }

    [Theory]
    [InlineData("../keys/master.key", "master.key")]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("republic-2026-12-01-030000.zip", "republic-2026-12-01-030000.zip")]
    public void No_name_leads_out_of_it(string name, string file) =>
        Assert.Equal(Path.Combine(data.FullName, "backups", file), Folder(new()).PathOf(name));

    [Fact]
    public void A_passphrase_is_read_without_the_end_of_its_line_and_none_is_none()
    {
        Assert.Equal((true, (string?)null), Read(Folder(new())));
        Assert.Equal((true, "correct horse"), Read(Folder(new() { PassphraseFile = Written("correct horse\n") })));
    }

    [Fact]
    public void A_passphrase_that_cannot_be_read_is_no_reason_to_go_without()
    {
        var gone = Path.Combine(data.FullName, "gone");
        var missing = Folder(new() { PassphraseFile = gone }).Passphrase();
        var empty = Folder(new() { PassphraseFile = Written(" \n") }).Passphrase();

        Assert.Contains(gone, missing.Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("holds no passphrase", empty.Failure!.Message, StringComparison.Ordinal);
    }

    private static (bool Ok, string? Text) Read(BackupFolder folder)
    {
        var read = folder.Passphrase();
        return (read.Ok, read.Value);
    }

    private string Written(string text)
    {
        var file = Path.Combine(data.FullName, "passphrase");
        File.WriteAllText(file, text);
        return file;
    }

    private BackupFolder Folder(BackupScheduleOptions options) => new(new DataFolder(data.FullName), Options.Create(options));
}
