using Republic.Core.Data;

namespace Republic.Core.PersonalModels;

/// <summary>A model that a person has here, or that is on its way. Its file is one of <see cref="ModelFiles"/> as soon as it is installed.</summary>
public sealed class PersonalModel : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    /// <summary>The catalogue's name of it, or that of its file.</summary>
    public required string ModelId { get; init; }

    /// <summary>Which of the model's files, by its quantization; null where that is not known.</summary>
    public string? Variant { get; set; }

    /// <summary>What its person calls it, and what minions name it by.</summary>
    public required string Name { get; set; }

    public required ModelOrigin Origin { get; init; }

    public ModelState State { get; set; }

    /// <summary>Where it stopped, when it did; it goes on there.</summary>
    public ModelState? StoppedAt { get; set; }

    /// <summary>Why it stopped, and what to do about it.</summary>
    public string? Error { get; set; }

    /// <summary>The host and port that was refused and that a superuser may allow.</summary>
    public string? AllowableHost { get; set; }

    public string? SourceUrl { get; set; }

    /// <summary>Where to go on when the first source does not.</summary>
    public string? SecondUrl { get; set; }

    /// <summary>What the file's digest has to be; null where nobody said.</summary>
    public string? ExpectedSha256 { get; set; }

    /// <summary>Of the file that is installed, and its name.</summary>
    public string? Sha256 { get; set; }

    /// <summary>What it takes of its person's quota; 0 until its source has said it.</summary>
    public long Bytes { get; set; }

    /// <summary>Of the file whose beginning is here.</summary>
    public string? ETag { get; set; }

    /// <summary>Its person wants it though it may not fit into memory.</summary>
    public bool LoadAnyway { get; set; }

    public ModelFacts? Facts { get; set; }

    public MeasuredModel? Measured { get; set; }

    /// <summary>When each stage began, those of the last start alone.</summary>
    public IReadOnlyDictionary<ModelState, DateTimeOffset> Stages { get; set; } = new Dictionary<ModelState, DateTimeOffset>();

    /// <summary>The work on it, the last that was asked for.</summary>
    public Guid JobId { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>It answers, though it may be tested again just now.</summary>
    public bool IsInstalled => Sha256 is not null && Measured is not null;
}
