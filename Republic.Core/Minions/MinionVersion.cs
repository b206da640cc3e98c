using System.Text.Json;
using Republic.Core.Minions.Profiles;

namespace Republic.Core.Minions;

/// <summary>One state of what training changes of a minion. Rolling back puts an earlier one in again; none is ever changed.</summary>
public sealed class MinionVersion
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid MinionId { get; init; }

    /// <summary>0 is the minion before its first training.</summary>
    public required int Number { get; init; }

    /// <summary>The run that made it; null for 0, and when that run was deleted.</summary>
    public Guid? TrainingJobId { get; init; }

    /// <summary>The version whose weights it has or went on from; null where its own began at the base, or it has none.</summary>
    public int? FromVersion { get; init; }

    /// <summary>The datasets that its own weights learned from; they may be deleted since.</summary>
    public List<Guid> DatasetIds { get; init; } = [];

    /// <summary>The model it was made on. Weights fit no other.</summary>
    public required string Provider { get; init; }
    public required string ModelId { get; init; }

    /// <summary>The person's own system prompt that the enhanced one was made of.</summary>
    public string? SystemPrompt { get; init; }

    public bool LoraEnabled { get; init; }

    public JsonElement? LoraConfig { get; init; }

    public string? EnhancedSystemPrompt { get; init; }

    public JsonElement? TraitConfiguration { get; init; }

    public int TraitSlotsUsed { get; init; }

    public int TraitPointsSpent { get; init; }

    /// <summary>The name of the weights' file in the adapters' folder; null where none were trained.</summary>
    public string? Adapter { get; init; }

    /// <summary>As <see cref="Minion.StyleAdapter"/>.</summary>
    public string? StyleAdapter { get; init; }
    public string? StyleModel { get; init; }

    /// <summary>Collections that its run linked; they are linked while it is the minion's own.</summary>
    public List<Guid> CollectionIds { get; init; } = [];

    /// <summary>Of that file and of the base it belongs to, in hex; of the style's where there are no others.</summary>
    public string? AdapterSha256 { get; init; }
    public string? BaseSha256 { get; init; }

    /// <summary>What is known of it where it was trained elsewhere, and not judged here; null where it was made here.</summary>
    public ImportedVersion? Imported { get; init; }

    /// <summary>When it last became the minion's own; null for a draft that was not promoted.</summary>
    public DateTimeOffset? PromotedAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What it changes of the text fits every model; weights fit the one they were trained for.</summary>
    public bool Fits(Minion minion) => Adapter is null || (Provider == minion.Provider && ModelId == minion.ModelId);

    /// <summary>What the minion answers with. A version whose weights are out of use, because the model was changed, is not.</summary>
    public bool IsLive(Minion minion) => Number == minion.Version && Adapter == minion.Adapter && StyleAdapter == minion.StyleAdapter;

    /// <summary>Makes it the minion's own. The person's instructions stay as they are now.</summary>
    internal void PutInto(Minion minion, DateTimeOffset now)
    {
        minion.Version = Number;
        minion.LoraEnabled = LoraEnabled;
        minion.LoraConfig = LoraConfig;
        minion.EnhancedSystemPrompt = EnhancedPrompt.Over(EnhancedSystemPrompt, SystemPrompt, minion.SystemPrompt);
        minion.TraitConfiguration = TraitConfiguration;
        minion.TraitSlotsUsed = TraitSlotsUsed;
        minion.TraitPointsSpent = TraitPointsSpent;
        minion.Adapter = Adapter;
        minion.StyleAdapter = StyleAdapter;
        minion.StyleModel = StyleModel;
        minion.UpdatedAt = now;
        PromotedAt = now;
    }

    internal static MinionVersion Of(Minion minion, DateTimeOffset now) =>
        new()
        {
            MinionId = minion.Id,
            Number = minion.Version,
            Provider = minion.Provider,
            ModelId = minion.ModelId,
            SystemPrompt = minion.SystemPrompt,
            LoraEnabled = minion.LoraEnabled,
            LoraConfig = minion.LoraConfig,
            EnhancedSystemPrompt = minion.EnhancedSystemPrompt,
            TraitConfiguration = minion.TraitConfiguration,
            TraitSlotsUsed = minion.TraitSlotsUsed,
            TraitPointsSpent = minion.TraitPointsSpent,
            Adapter = minion.Adapter,
            StyleAdapter = minion.StyleAdapter,
            StyleModel = minion.StyleModel,
            CreatedAt = minion.CreatedAt,
            PromotedAt = now,
        };
}
