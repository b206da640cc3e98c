using Republic.Core.Minions;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Episodes.Playing;

/// <summary>A minion with the models that answer for it in a role.</summary>
/// <param name="IsBare">Its model follows no long prompts, and gets the bare request.</param>
internal sealed record CastMinion(Minion Minion, ModelRoute Route, bool IsBare)
{
    /// <summary>Whether labels are chosen after an answer, by how likely they are, and not named in it.</summary>
    public bool ChoosesAfterwards => Route.First?.Provider.GivesLikelihoods == true;
}
