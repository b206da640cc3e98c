using Microsoft.Extensions.AI;
using Republic.Core.Answering;
using Republic.Core.Answering.Turns;
using Republic.Core.Events;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.Minions.Profiles;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Comparisons;

/// <summary>The answer of one candidate, by its own model alone: a fallback's answer would be compared as the version's.</summary>
internal sealed class ComparisonSink(
    Comparison comparison,
    ComparisonAnswer answer,
    IVersionedMinions versions,
    MinionTargets targets,
    LiveEvents live
) : ITurnSink
{
    /// <summary>In characters. A page and a list hold the answers of many comparisons at once.</summary>
    private const int LongestAnswer = 50_000;

    public string Retry => "Ask again";

    public string Change => "compare with other words";

    public async Task<Outcome<TurnRequest>> RequestAsync(RunningTurn turn, CancellationToken ct)
    {
        var loaded = await versions.LoadAsync(comparison.OwnerId, answer.MinionId, answer.Version, ct);
        if (!loaded.Ok)
        {
            return loaded.Failure;
        }

        var (minion, collections) = loaded.Value;
        var target = await targets.TargetAsync(minion, ct);
        if (!target.Ok)
        {
            return target.Failure;
        }

        var route = ModelRoute.Direct(target.Value) with
        {
            Owner = comparison.OwnerId,
            Minion = minion.Id,
            Purpose = CallPurpose.Comparison,
        };
        // As in a run: a prompt that says “forget that” is compared and not obeyed.
        var call = new MinionCall(minion, route, AnswerAudience.Training)
        {
            Collections = collections,
            ContextLength = minion.ContextLength,
            NeedsEveryStage = true,
        };
        var options = Character.Options(minion);
        options.Seed = comparison.Seed;
        return new TurnRequest(call, [new ChatMessage(ChatRole.User, comparison.Prompt)], options) { MaxLength = LongestAnswer };
    }

    public void Saved() => live.Publish(comparison.OwnerId, new LiveEvent(ComparisonWork.Changed, comparison.Id, null));
}
