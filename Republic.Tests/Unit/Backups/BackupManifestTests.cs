using System.Text;
using System.Text.Json;
using Republic.Core.Backups;

namespace Republic.Tests.Unit.Backups;

public sealed class BackupManifestTests
{
    private static readonly BackupManifest Manifest = new(
        BackupManifest.CurrentFormat,
        "1.2.3",
        DateTimeOffset.UnixEpoch,
        "20261123025300_Initial",
        ["01234567", "89abcdef"],
        [new BackupTable("people", ["id", "name"], 3, 40, "aa"), new BackupTable("minions", ["id"], 2, 30, "bb")],
        [new BackupSequence("people_number_seq", 7, true)],
        [new BackupFile("documents/1", "files/1", 100, "cc"), new BackupFile("documents/2", "files/1", 100, "cc")],
        ["models: it is a link to something elsewhere"]
    );

    [Fact]
    public void It_is_read_as_it_was_written()
    {
        var read = BackupManifest.Parse(Manifest.Serialize());

        Assert.Equal(Manifest.Serialize(), read.Serialize());
        Assert.Equal(Manifest.Tables[0].Columns, read.Tables[0].Columns);
        Assert.Equal(Manifest.Files, read.Files);
    }

    [Fact]
    public void It_adds_up_what_it_holds_and_counts_the_same_bytes_once() =>
        Assert.Equal((5L, 70L, 100L), (Manifest.Rows, Manifest.TableBytes, Manifest.FileBytes));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"format\": 1}")]
    public void What_lacks_anything_is_none(string json) =>
        Assert.Throws<JsonException>(() => BackupManifest.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Nothing_of_it_may_be_null()
    {
        var json = Encoding.UTF8.GetString(Manifest.Serialize());

        Assert.Throws<JsonException>(() =>
            BackupManifest.Parse(Encoding.UTF8.GetBytes(json.Replace("\"20261123025300_Initial\"", "null", StringComparison.Ordinal)))
        );
    }
}
