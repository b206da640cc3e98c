using Republic.Core.Data;

namespace Republic.Core.Archives;

/// <summary>A person's archive. Whether it is being made, is done or failed says the <see cref="Jobs.Job"/> that makes it.</summary>
public sealed class AccountExport : IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid OwnerId { get; init; }

    /// <summary>What the file is called when it is downloaded.</summary>
    public required string FileName { get; init; }

    /// <summary>The size of the file; null until it is made.</summary>
    public long? Bytes { get; set; }

    /// <summary>The job that makes it, or did.</summary>
    public required Guid JobId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is deleted by itself.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
