using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Security;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Backups;

/// <summary><c>republic backup</c> and <c>republic restore</c> with the embedded database: two are made, which takes seconds.</summary>
public sealed class BackupCommandTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("republic-verbs-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public async Task An_embedded_database_goes_into_an_encrypted_file_and_comes_back_in_an_empty_folder()
    {
        var (home, next) = (Folder("home"), Folder("next"));
        var (file, words) = (Path.Combine(root.FullName, "backup.zip"), Path.Combine(root.FullName, "words"));
        await File.WriteAllTextAsync(words, "seven moons over a tin roof\n", Ct);
        var key = MasterKeys.Load(BackupWorld.Configuration, home).Current;
        Directory.CreateDirectory(home.Path("documents"));
        await File.WriteAllTextAsync(home.Path("documents", "1"), "A document.", Ct);
        string rows;
        await using (var postgres = await EmbeddedServer.StartAsync(home))
        {
            await MigrateAsync(postgres);
            await PlantedRows.AddAsync(postgres.ConnectionString);
            rows = await BackupWorld.RowsAsync(postgres.ConnectionString);

            // As beside an app that runs.
            var (code, said, error) = await RunAsync(home, "backup", file, "--passphrase-file", words);

            Assert.True(code == 0, error);
            Assert.Contains("read again and whole", said, StringComparison.Ordinal);
            Assert.Contains(
                $"master key {key.Name}, without which it cannot be restored: keep {key.Source} ",
                said,
                StringComparison.Ordinal
            );
        }

        next.Folder("keys");
        File.Copy(key.Source, next.Path("keys", "master.key"));
        var (refused, _, why) = await RunAsync(next, "restore", file);
        var (exit, restored, problem) = await RunAsync(next, "restore", file, "--passphrase-file", words);

        Assert.Equal(1, refused);
        Assert.Contains("is encrypted", why, StringComparison.Ordinal);
        Assert.True(exit == 0, problem);
        Assert.Contains($"Restored into {next.Root}", restored, StringComparison.Ordinal);
        Assert.False(Directory.Exists(next.Path("restoring")));
        Assert.Equal("A document.", await File.ReadAllTextAsync(next.Path("documents", "1"), Ct));
        await using (var postgres = await EmbeddedServer.StartAsync(next))
        {
            Assert.Equal(rows, await BackupWorld.RowsAsync(postgres.ConnectionString));
        }

        var (again, _, occupied) = await RunAsync(next, "restore", file, "--passphrase-file", words);
        Assert.Equal(1, again);
        Assert.Contains("is not empty: it has documents, pg", occupied, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_folder_whose_restore_is_not_over_nothing_starts()
    {
        var folder = Folder("half");
        folder.Folder("restoring", "data");
        await File.WriteAllTextAsync(folder.Path("restoring", "id"), "0197", Ct);

        var (code, said) = await AppProcess.RunToEndAsync(folder, "http://127.0.0.1:0");
        var refused = await Assert.ThrowsAsync<StartupRefusedException>(() => EmbeddedServer.StartAsync(folder));

        Assert.Equal(78, code);
        Assert.Contains("Run the same republic restore command again", said, StringComparison.Ordinal);
        Assert.Contains(folder.Root, refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Path("pg")));
    }

    private static async Task MigrateAsync(EmbeddedPostgres postgres)
    {
        var options = new DbContextOptionsBuilder<RepublicDb>().UseNpgsql(postgres.ConnectionString + ";Pooling=false").Options;
        await using var db = new RepublicDb(options);
        await db.Database.MigrateAsync(Ct);
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(DataFolder folder, params string[] args) =>
        World.Cli.RunAsync(folder.Root, "", args);

    private DataFolder Folder(string name) => new(Directory.CreateDirectory(Path.Combine(root.FullName, name)).FullName);
}
