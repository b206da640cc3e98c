using Republic.Core.Data;

namespace Republic.Core.Knowledge;

/// <summary>One file of a collection. Its text is in <see cref="DocumentText"/>, the file itself on the disk.</summary>
public sealed class Document : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    public required Guid CollectionId { get; init; }

    /// <summary>As the uploader's machine called it. Only ever shown.</summary>
    public required string Name { get; set; }

    public required DocumentFormat Format { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Of the file, in hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Of the text, as PostgreSQL calls its search configurations: <c>english</c>, <c>german</c>, …; <c>simple</c> where none is known.</summary>
    public string Language { get; set; } = "simple";

    public int? Pages { get; set; }

    public int Characters { get; set; }

    public int PassageCount { get; set; }

    /// <summary>Raised by every change of its passages, so that an index in memory knows what to read again. 0: nothing is indexed yet.</summary>
    public int Revision { get; set; }

    /// <summary>The job that indexes, indexed or failed to index it last.</summary>
    public Guid JobId { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
