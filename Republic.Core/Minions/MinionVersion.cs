using System.Text.Json;

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

    public bool LoraEnabled { get; init; }

    public JsonElement? LoraConfig { get; init; }

    public string? EnhancedSystemPrompt { get; init; }

    public JsonElement? TraitConfiguration { get; init; }

    public int TraitSlotsUsed { get; init; }

    public int TraitPointsSpent { get; init; }

    /// <summary>The name of the weights' file in the adapters' folder; null where none were trained.</summary>
    public string? Adapter { get; init; }

    /// <summary>Of that file and of the base it belongs to, in hex.</summary>
    public string? AdapterSha256 { get; init; }
    public string? BaseSha256 { get; init; }

    /// <summary>When it last became the minion's own; null for a draft that was not promoted.</summary>
    public DateTimeOffset? PromotedAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Makes it the minion's own.</summary>
    internal void PutInto(Minion minion, DateTimeOffset now)
    {
        minion.Version = Number;
        minion.LoraEnabled = LoraEnabled;
        minion.LoraConfig = LoraConfig;
        minion.EnhancedSystemPrompt = EnhancedSystemPrompt;
        minion.TraitConfiguration = TraitConfiguration;
        minion.TraitSlotsUsed = TraitSlotsUsed;
        minion.TraitPointsSpent = TraitPointsSpent;
        minion.Adapter = Adapter;
        minion.UpdatedAt = now;
        PromotedAt = now;
    }

    internal static MinionVersion Of(Minion minion, DateTimeOffset now) =>
        new()
        {
            MinionId = minion.Id,
            Number = minion.Version,
            LoraEnabled = minion.LoraEnabled,
            LoraConfig = minion.LoraConfig,
            EnhancedSystemPrompt = minion.EnhancedSystemPrompt,
            TraitConfiguration = minion.TraitConfiguration,
            TraitSlotsUsed = minion.TraitSlotsUsed,
            TraitPointsSpent = minion.TraitPointsSpent,
            Adapter = minion.Adapter,
            CreatedAt = minion.CreatedAt,
            PromotedAt = now,
        };
}
