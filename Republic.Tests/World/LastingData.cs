using System.Diagnostics;
using Republic.Core.Data;

namespace Republic.Tests.World;

/// <summary>
/// A data folder with a database of its own, on which the app is started again and again: the first start makes the database, which
/// takes longer than all else. Classes that use it run one after the other, and each test stops what it started.
/// </summary>
[CollectionDefinition(nameof(LastingData))]
public sealed class LastingData : ICollectionFixture<LastingData>, IDisposable
{
    public DataFolder Folder { get; } = new(Directory.CreateTempSubdirectory("republic-life-").FullName);

    /// <summary>Null while no database runs.</summary>
    internal Postmaster? Server => Postmaster.Read(Folder.Path("pg"));

    /// <summary>After a test that failed: the next one finds none running.</summary>
    public void KillServer()
    {
        if (Server is { IsAlive: true } left)
        {
            using var process = Process.GetProcessById(left.ProcessId);
            process.Kill();
            process.WaitForExit();
        }
    }

    public void Dispose()
    {
        KillServer();
        Directory.Delete(Folder.Root, recursive: true);
    }
}
