using Republic.Core.Archives.Importing;
using Republic.Core.Data;

namespace Republic.Core.Archives;

/// <summary>An archive that a person uploaded, what is in it, and what came of it. The id is that of its file.</summary>
public sealed class AccountImport : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    /// <summary>As the uploader's machine called it. Only ever shown.</summary>
    public required string FileName { get; init; }

    /// <summary>The size of the file on the disk; 0 once that is deleted.</summary>
    public long Bytes { get; set; }

    /// <summary>What the check found in it; null until it is checked.</summary>
    public ArchiveContents? Contents { get; set; }

    /// <summary>What of it is added; null until that is chosen.</summary>
    public ImportSelection? Selection { get; set; }

    /// <summary>What was added so far, and what was not.</summary>
    public ImportProgress? Progress { get; set; }

    /// <summary>The job that checks it or adds what is in it, or did so last.</summary>
    public Guid JobId { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is deleted by itself.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
