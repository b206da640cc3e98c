using Republic.Core.Data;
using Republic.Core.Doctor;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Doctor;

/// <summary>How a command comes to the embedded database of an installation that does not run.</summary>
public sealed class OpenInstallationTests : IDisposable
{
    private readonly DataFolder data = new(Directory.CreateTempSubdirectory("republic-doctor-").FullName);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(data.Root, recursive: true);

    [Fact]
    public async Task A_database_that_stands_still_runs_for_as_long_as_it_is_examined_and_one_that_cannot_start_says_why()
    {
        await (await EmbeddedServer.StartAsync(data)).DisposeAsync();

        await using (var open = await OpenInstallation.OpenAsync(configured: null, data, Ct))
        {
            Assert.True(open.Installation.IsEmbedded);
            Assert.Equal("1", await EmbeddedServer.AskAsync(open.Installation.ConnectionString!, "select 1"));
        }

        Assert.Null(Postmaster.Read(data.Path("pg")));
        File.Delete(data.Path("keys", "postgres.password"));
        await using var closed = await OpenInstallation.OpenAsync(configured: null, data, Ct);
        Assert.Null(closed.Installation.ConnectionString);
        Assert.Contains("postgres.password is missing", closed.Installation.Problem, StringComparison.Ordinal);
        Assert.Null(Postmaster.Read(data.Path("pg")));
    }

    [Fact]
    public async Task Where_there_is_no_database_none_is_made()
    {
        await using var open = await OpenInstallation.OpenAsync(configured: null, data, Ct);

        Assert.Null(open.Installation.ConnectionString);
        Assert.Null(open.Installation.Problem);
        Assert.Empty(Directory.GetFileSystemEntries(data.Root));
    }

    [Fact]
    public async Task A_folder_without_a_database_in_it_is_a_problem_and_stays_as_it_is()
    {
        data.Folder("pg");

        await using var open = await OpenInstallation.OpenAsync(configured: null, data, Ct);

        Assert.Contains("holds no database that this account can read", open.Installation.Problem, StringComparison.Ordinal);
        Assert.Equal([data.Path("pg")], Directory.GetFileSystemEntries(data.Root));
    }
}
