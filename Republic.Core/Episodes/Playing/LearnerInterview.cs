using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Republic.Core.Episodes.Knowing;
using Republic.Core.Memories.Learning;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;
using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Episodes.Playing;

/// <summary>Asks the model of a minion that played a learner, once, what it should remember of the episode.</summary>
internal sealed class LearnerInterview(
    MinionTargets targets,
    ProviderCatalog catalog,
    PriceBook prices,
    TimeProvider time,
    ILogger<LearnerInterview> log
)
{
    private const int MostTokens = 500;

    /// <summary>The longest fact that is kept, in characters: a longer one is not the short sentence that was asked for.</summary>
    private const int LongestSentence = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The facts that the model proposes. None where it is too small, gives no answer, or the call could pass a limit of the episode.</summary>
    /// <param name="knowledge">What the prompt is made of.</param>
    /// <param name="key">Of this question: a start that follows a kill asks it once more with the same.</param>
    public async Task<IReadOnlyList<MemoryInterview.Fact>> AskAsync(Player player, RoleKnowledge knowledge, Guid key, CancellationToken ct)
    {
        var minion = player.Minion;
        if (knowledge.Lines.Count == 0 || player.Cast.IsBare || catalog.Find(minion.Provider)?.IsBuiltIn(minion.ModelId) == true)
        {
            return [];
        }

        var prompt = LearnerPrompt.Of(knowledge, MemoryInterview.MostFacts);
        var price = player.Cast.Route.First is { } target ? prices.Find(minion.OwnerId, target)?.Price : null;
        var budget = StepBudget.Of(player.State, prompt.Characters, price);
        if (
            budget.Reached is not null
            || await targets.BaseClientAsync(minion, CallPurpose.Memory, ct) is not { Ok: true, Value: var client }
        )
        {
            return [];
        }

        using var asked = client;
        using var patience = new CancellationTokenSource(Patience, time);
        using var call = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        var options = new ChatOptions
        {
            Instructions = prompt.Instructions,
            Temperature = 0,
            MaxOutputTokens = (int)Math.Min(MostTokens, budget.Tokens),
            ResponseFormat = MemoryInterview.Format,
        };
        options.SetIdempotencyKey(key);
        try
        {
            var answer = await asked.GetResponseAsync(prompt.Text, options, call.Token);
            return [.. MemoryInterview.Read(answer.Text).Where(fact => fact.Content.Length <= LongestSentence)];
        }
        catch (Exception e) when (e is ProviderException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            log.LogInformation("{Minion} did not say what to remember of an episode: {Reason}", minion.RepublicId, e.Message);
            return [];
        }
    }
}
