using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;
using Republic.Core.Providers.Prices;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Measuring;

namespace Republic.Core.Training.Grading;

/// <summary>Proposes a judge for a run, and says what each would mean. Which one it is, or none, is the person's choice.</summary>
public sealed class JudgeOffers(ProviderCatalog catalog, TrainingConfigReader reader, MinionTargets targets, PriceBook prices)
{
    /// <summary>Tokens of an answer that a cost is reckoned with.</summary>
    public const int UsualAnswer = 200;
    private const int CharactersPerToken = 4;

    /// <summary>Tokens of a grade.</summary>
    private const int ReplyTokens = 100;

    public IEnumerable<Minion> Able(IEnumerable<Minion> minions) =>
        minions.Where(minion => minion.Citizen.IsActive && reader.CanJudge(minion));

    /// <summary>
    /// Another minion before the one that is trained; at a provider before here, then the larger model, the higher level, the older minion.
    /// None that has no key or cannot be asked for another reason.
    /// </summary>
    public async Task<Minion?> ProposeAsync(IEnumerable<Minion> minions, Guid trained, CancellationToken ct)
    {
        var ranked = Able(minions)
            .OrderBy(minion => minion.Id == trained)
            .ThenBy(reader.IsLocal)
            .ThenByDescending(minion => ParameterCount.Of(minion.Parameters))
            .ThenByDescending(minion => minion.Level.Number)
            .ThenBy(minion => minion.Id);
        foreach (var minion in ranked)
        {
            if (JudgeCheck.ProblemOf(await targets.TargetAsync(minion, ct)) is null)
            {
                return minion;
            }
        }

        return null;
    }

    /// <param name="heldOut">Rows that both versions are asked; not all of many.</param>
    public async Task<JudgeOffer> OfAsync(Minion judge, Guid trained, int heldOut, int repeats, bool trainsWeights, CancellationToken ct)
    {
        var found = await targets.TargetAsync(judge, ct);
        var target =
            found.Value
            ?? new ModelTarget(catalog.Find(judge.Provider)!, judge.ModelId, judge.BaseUrl is { } url ? new Uri(url) : null, ApiKey: null);
        var calls = Grader.Graded(Math.Min(heldOut, HeldOutLosses.MostRows), repeats);
        var lost = trainsWeights && judge.Id != trained ? 2 * LostAnswerJudge.Most : 0;
        // The question, the row's own answer and two answers are read with the rubric.
        var read = (Rubric.Instructions.Length / CharactersPerToken) + (4 * UsualAnswer);
        return new JudgeOffer(
            judge,
            judge.Id == trained,
            target.Provider.DisplayName,
            target.LeavesMachine,
            calls,
            prices.Find(judge.OwnerId, target)?.Price.MostFor((long)(calls + lost) * read, (long)(calls + lost) * ReplyTokens)
        )
        {
            CallsOfLost = lost,
            Problem = JudgeCheck.ProblemOf(found),
        };
    }
}
