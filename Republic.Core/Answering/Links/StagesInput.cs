using Republic.Core.Minions;

namespace Republic.Core.Answering.Links;

/// <summary>Switches of a minion's stages; null leaves one as it is.</summary>
public sealed record StagesInput(
    bool? Style = null,
    bool? Knowledge = null,
    bool? Generation = null,
    bool? AnswersWithoutPassages = null,
    bool? Help = null
)
{
    internal MinionPipeline Over(MinionPipeline now) =>
        new()
        {
            Style = Style ?? now.Style,
            Knowledge = Knowledge ?? now.Knowledge,
            Generation = Generation ?? now.Generation,
            AnswersWithoutPassages = AnswersWithoutPassages ?? now.AnswersWithoutPassages,
            Help = Help ?? now.Help,
        };
}
