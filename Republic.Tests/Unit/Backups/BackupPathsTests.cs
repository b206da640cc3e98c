using Republic.Core.Backups;

namespace Republic.Tests.Unit.Backups;

public sealed class BackupPathsTests
{
    [Theory]
    [InlineData("documents/0197")]
    [InlineData("datasets/0197/v1-1/samples.jsonl")]
    [InlineData("models/Großes Modell.gguf")]
    [InlineData("model-downloads/0197/model")]
    [InlineData("model-host/quarantine.json")]
    [InlineData("unwritten/counts-0197.json")]
    [InlineData("something/that/comes/later")]
    public void Files_of_the_data_folder_belong_into_a_backup_and_come_back_to_where_they_were(string path)
    {
        Assert.True(BackupPaths.Belongs(path));
        Assert.True(BackupPaths.IsSafe(path));
    }

    [Theory]
    [InlineData("pg/base/1/1259")]
    [InlineData("pg.users/1-2")]
    [InlineData("pg.new-0197/pg/PG_VERSION")]
    [InlineData("keys/master.key")]
    [InlineData("KEYS/master.key")]
    [InlineData("keys./master.key")]
    [InlineData("Pg/PG_VERSION")]
    [InlineData("pg /PG_VERSION")]
    [InlineData("PG.new-0197/pg/PG_VERSION")]
    [InlineData("Model-Host/other.json")]
    [InlineData("backups/monday.zip")]
    [InlineData("exports/0197.zip")]
    [InlineData("imports/0197")]
    [InlineData("backup-links/0197/documents/1")]
    [InlineData("restoring/data/documents/1")]
    [InlineData("tool-commands/0197/out.txt")]
    [InlineData("model-host/12-ab.sock")]
    [InlineData("model-host/other.json")]
    [InlineData("documents/0197.part")]
    [InlineData("datasets/0197/v2-1.part/samples.jsonl")]
    [InlineData("adapters/0197.gguf.unfinished")]
    [InlineData("model-downloads/0197/copy-1")]
    public void Keys_the_database_and_what_is_not_finished_do_not(string path)
    {
        Assert.False(BackupPaths.Belongs(path));
        Assert.False(BackupPaths.IsSafe(path));
    }

    [Theory]
    [InlineData("../documents/1")]
    [InlineData("documents/../keys/master.key")]
    [InlineData("documents/../../elsewhere")]
    [InlineData("documents/./1")]
    [InlineData("documents/.. /.. /1")]
    [InlineData("/etc/passwd")]
    [InlineData("documents//1")]
    [InlineData("documents/")]
    [InlineData("documents/one\0two")]
    [InlineData("loose")]
    [InlineData("")]
    public void A_path_that_leads_elsewhere_is_not_safe(string path) => Assert.False(BackupPaths.IsSafe(path));

    [Fact]
    public void A_path_is_no_longer_than_systems_take() => Assert.False(BackupPaths.IsSafe($"documents/{new string('a', 1000)}"));
}
