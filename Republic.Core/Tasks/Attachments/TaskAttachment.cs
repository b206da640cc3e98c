using Republic.Core.Data;

namespace Republic.Core.Tasks.Attachments;

/// <summary>A file of a task. Its bytes are in <see cref="TaskAttachmentFiles"/> under this id.</summary>
public sealed class TaskAttachment : IOwned
{
    public required Guid Id { get; init; }

    /// <summary>The person against whose quota it counts: who uploaded it, and once they do not see the task any more, its owner.</summary>
    public required Guid OwnerId { get; init; }

    public required Guid TaskId { get; init; }

    /// <summary>Who uploaded it.</summary>
    public required Guid CitizenId { get; init; }

    public required string FileName { get; init; }

    /// <summary>In bytes.</summary>
    public required long FileSize { get; init; }

    /// <summary>By the extension of the name; what the sender claims is not believed.</summary>
    public required string MimeType { get; init; }

    public required string Sha256 { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }
}
