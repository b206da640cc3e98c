using Republic.Core.Data;

namespace Republic.Core.PersonalModels;

/// <summary>
/// The row of a model that a person has, or that is being installed. Its file is one of <see cref="ModelFiles"/> once it is installed.
/// </summary>
public sealed class PersonalModel : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    /// <summary>The id in the catalogue, or the name of the file without its extension.</summary>
    public required string ModelId { get; init; }

    /// <summary>The quantization of the file; null where it is not known.</summary>
    public string? Variant { get; set; }

    /// <summary>The name that its owner gave it, by which minions use it.</summary>
    public required string Name { get; set; }

    public required ModelOrigin Origin { get; init; }

    public ModelState State { get; set; }

    /// <summary>The stage at which it stopped, and resumes; null while it has not stopped.</summary>
    public ModelState? StoppedAt { get; set; }

    /// <summary>The reason why it stopped, and what to do about it.</summary>
    public string? Error { get; set; }

    /// <summary>The refused host and port that a superuser may allow.</summary>
    public string? AllowableHost { get; set; }

    public string? SourceUrl { get; set; }

    /// <summary>The URL where the download continues when the first one fails.</summary>
    public string? SecondUrl { get; set; }

    /// <summary>The SHA-256 that the file must have; null where none is known.</summary>
    public string? ExpectedSha256 { get; set; }

    /// <summary>The SHA-256 of the installed file, which is also its name; null until it is installed.</summary>
    public string? Sha256 { get; set; }

    /// <summary>The size that counts against the owner's quota; 0 until the source has stated it.</summary>
    public long Bytes { get; set; }

    /// <summary>The ETag of the file whose beginning is on the disk.</summary>
    public string? ETag { get; set; }

    /// <summary>True where the owner wants it even if it does not fit into memory.</summary>
    public bool LoadAnyway { get; set; }

    /// <summary>True where it stays in memory once it is loaded, and gives way to no other model.</summary>
    public bool IsPinned { get; set; }

    /// <summary>The minutes without a request after which it is unloaded; null for the model host's default.</summary>
    public int? KeepAliveMinutes { get; set; }

    /// <summary>The context in tokens with which it is loaded; null for the model host's default.</summary>
    public int? ContextLength { get; set; }

    /// <summary>The model that it was quantized from; null for any other origin, and where that model was deleted.</summary>
    public Guid? QuantizedFrom { get; init; }

    public ModelFacts? Facts { get; set; }

    public MeasuredModel? Measured { get; set; }

    /// <summary>The time at which each state last began; after another test, those of that test alone.</summary>
    public IReadOnlyDictionary<ModelState, DateTimeOffset> Stages { get; set; } = new Dictionary<ModelState, DateTimeOffset>();

    /// <summary>The id of the last job that worked on it.</summary>
    public Guid JobId { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>True where minions can use it, also while it is tested again.</summary>
    public bool IsInstalled => Sha256 is not null && Measured is not null;
}
