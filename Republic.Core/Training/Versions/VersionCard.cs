using System.Text.Json;
using System.Text.Json.Serialization;
using Republic.Core.Minions;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Steps;

namespace Republic.Core.Training.Versions;

/// <summary>A version of a minion as its owner sees it: what it is, which run made it, and of which rows.</summary>
public sealed record VersionCard
{
    /// <summary>0 is the minion before its first training.</summary>
    public required int Version { get; init; }

    /// <summary>The minion answers with it.</summary>
    public required bool IsLive { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Why its weights cannot be used any more, and what to do; null where nothing is known to be in the way.</summary>
    public string? Problem { get; init; }

    /// <summary>When it last became the minion's own; null for a draft that never was.</summary>
    public required DateTimeOffset? PromotedAt { get; init; }

    /// <summary>What is known of it where it was trained elsewhere, and judged by nobody here; null where it was made here.</summary>
    public ImportedVersion? Imported { get; init; }

    /// <summary>The model it was made on.</summary>
    public required string Provider { get; init; }
    public required string Model { get; init; }

    public string? EnhancedSystemPrompt { get; init; }
    public JsonElement? TraitConfiguration { get; init; }
    public AdapterCard? Adapter { get; init; }

    /// <summary>Drafts in its voice where its own model runs elsewhere.</summary>
    public StyleCard? Style { get; init; }

    /// <summary>Linked while it is the minion's own.</summary>
    public IReadOnlyList<VersionCollection> Collections { get; init; } = [];

    /// <summary>Null for version 0.</summary>
    public Guid? TrainingJobId { get; init; }

    /// <summary>Null where there was no run, or it was deleted; what follows went with it.</summary>
    public string? JobName { get; init; }
    public GateVerdict? Verdict { get; init; }

    /// <summary>The verdict where somebody judged answers that the measure called lost, and that changed it; else null.</summary>
    public GateVerdict? JudgedVerdict { get; init; }
    public string? Conclusion { get; init; }
    public decimal? XpGained { get; init; }
    public IReadOnlyList<SourceCard> Datasets { get; init; } = [];

    [JsonIgnore]
    public bool RunWasDeleted => TrainingJobId is not null && JobName is null;

    /// <summary>The traits it was given, each with its intensity.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Name, int Intensity)> Traits =>
        TraitConfiguration is { ValueKind: JsonValueKind.Object } traits
        && traits.TryGetProperty(ConfiguredTraits.Intensities, out var chosen)
        && chosen.ValueKind == JsonValueKind.Object
            ? [.. chosen.EnumerateObject().Select(trait => (trait.Name, trait.Value.TryGetInt32(out var intensity) ? intensity : 0))]
            : [];

    /// <param name="Id">The name of the weights' file.</param>
    /// <param name="Bytes">Null where the file is gone.</param>
    public sealed record AdapterCard(string Id, long? Bytes, string? Sha256, string? BaseSha256);

    /// <param name="Model">Runs here.</param>
    /// <param name="Id">The name of the weights' file.</param>
    /// <param name="Bytes">Null where the file is gone.</param>
    public sealed record StyleCard(string Model, string? Id, long? Bytes);

    /// <param name="Name">Null where it was deleted since.</param>
    public sealed record VersionCollection(Guid Id, string? Name);

    /// <param name="Version">Of the dataset, whose rows it was trained on.</param>
    /// <param name="IsThere">The dataset was not deleted since.</param>
    public sealed record SourceCard(Guid Id, string Name, int Version, int Rows, string? Sha256, bool IsThere);
}
