using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Tests.Unit.Files;

/// <summary>A kind of files with a small quota, in a folder of their own: a megabyte for a file, two for a person. What is kept, a test says.</summary>
internal sealed class SmallFiles : IDisposable
{
    public const int MaxFile = 1 << 20;
    public const long PerPerson = 2 * MaxFile;

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("republic-files-");

    /// <param name="disk">What is kept free for others; null: all there is may be taken.</param>
    public SmallFiles(DiskSpace? disk = null)
    {
        var all = new DataFolder(data.FullName);
        Store = new Notes(all);
        Quota = new NotesQuota();
        Upload = new NotesUpload(Store, Quota, disk);
    }

    public Guid Owner { get; } = Guid.CreateVersion7();

    public Notes Store { get; }

    public NotesQuota Quota { get; }

    public NotesUpload Upload { get; }

    public string[] Names => [.. new DirectoryInfo(Folder).GetFileSystemInfos().Select(entry => entry.Name).Order()];

    public string Folder => Directory.CreateDirectory(Path.Combine(data.FullName, "notes")).FullName;

    public Task<Outcome<ReceivedFile>> ReceiveAsync(Stream content, string? name = null) =>
        Upload.ReceiveAsync(Owner, content, name, TestContext.Current.CancellationToken);

    public Task<Outcome<ReceivedFile>> ReceiveAsync(byte[] content, string? name = null) => ReceiveAsync(new MemoryStream(content), name);

    /// <summary>Of two hours later, when rows know these.</summary>
    public Task<int> SweepAsync(params Guid[] known) => new NotesSweep(Store, known).SweepAsync(TestContext.Current.CancellationToken);

    public void Dispose() => data.Delete(recursive: true);

    internal sealed class Notes(DataFolder data) : FileStore<Guid>(data, "notes");

    internal sealed class NotesQuota()
        : FileQuota(new NoDatabase(), () => new FileLimits("notes", "A note", MaxFile, MaxFiles: 5, PerPerson))
    {
        public long Kept { get; set; }

        internal override Task<long> UsedAsync(RepublicDb db, Guid owner, CancellationToken ct) => Task.FromResult(Kept);
    }

    internal sealed class NotesUpload(Notes files, NotesQuota quota, DiskSpace? disk) : FileUpload(files, quota, disk)
    {
        protected override Failure? Refusal(ReadOnlySpan<byte> start) =>
            start.StartsWith("MZ"u8) ? Failure.Invalid("file", "This is a program.") : null;
    }

    private sealed class NotesSweep(Notes files, Guid[] known)
        : OrphanSweep<Guid>(new NoDatabase(), files, "note", new Later(), NullLogger.Instance)
    {
        protected override Task<List<Guid>> KnownAsync(RepublicDb db, IReadOnlyList<Guid> keys, CancellationToken ct) =>
            Task.FromResult(keys.Intersect(known).ToList());
    }

    private sealed class Later : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddHours(2);
    }

    private sealed class NoDatabase : IDbContextFactory<RepublicDb>
    {
        public RepublicDb CreateDbContext() => new(new DbContextOptionsBuilder<RepublicDb>().UseNpgsql("Host=nowhere").Options);
    }
}
