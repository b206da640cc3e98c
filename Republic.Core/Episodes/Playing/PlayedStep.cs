using Microsoft.EntityFrameworkCore.Query;
using Republic.Core.Answering.Turns;
using Republic.Core.Episodes.Machine;

namespace Republic.Core.Episodes.Playing;

/// <summary>A step as it came, before it is written down.</summary>
/// <param name="Written">Its answer; null where that is saved already.</param>
internal sealed record PlayedStep(Step Step, WrittenTurn? Written, EpisodeEvent Event)
{
    /// <summary>SHA-256 of what the minion was asked; null where it was not asked now.</summary>
    public string? PromptHash { get; init; }

    /// <summary>Sets what its row has beside the answer.</summary>
    public void Keep(UpdateSettersBuilder<Step> set)
    {
        if (PromptHash is { } hash)
        {
            set.SetProperty(s => s.PromptHash, hash);
        }
    }
}
