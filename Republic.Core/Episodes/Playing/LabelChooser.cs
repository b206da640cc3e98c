using Microsoft.Extensions.AI;
using Republic.Core.Episodes.Knowing;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Episodes.Playing;

/// <summary>
/// Has a minion's model choose one of a few labels: by how likely each is as its answer, where its provider tells that, so that even the smallest
/// model decides; by its words everywhere else.
/// </summary>
internal sealed class LabelChooser(ModelRouter router)
{
    /// <summary>Enough for a model that thinks before it answers.</summary>
    private const int MostTokens = 400;

    /// <param name="turns">With the question last.</param>
    /// <param name="key">Of this question: a start that follows a kill asks it once more with the same.</param>
    /// <exception cref="ProviderException">There is no answer.</exception>
    public async Task<LabelChoice> ChooseAsync(
        ModelRoute route,
        string instructions,
        IReadOnlyList<ChatMessage> turns,
        IReadOnlyList<string> labels,
        Guid key,
        CancellationToken ct
    )
    {
        var options = new ChatOptions { Instructions = instructions, Temperature = 0 };
        options.SetIdempotencyKey(key);
        return route.First?.Provider.GivesLikelihoods == true
            ? await LikeliestAsync(route with { IdempotencyKey = key }, options, turns, labels, ct)
            : await NamedAsync(route, options, turns, labels, ct);
    }

    private async Task<LabelChoice> LikeliestAsync(
        ModelRoute route,
        ChatOptions options,
        IReadOnlyList<ChatMessage> turns,
        IReadOnlyList<string> labels,
        CancellationToken ct
    )
    {
        var client = router.LikelihoodClient(route with { Candidates = [route.Candidates[0]], Cache = null });
        var likelihoods = await client.AskAsync([.. turns], options, labels, ct);
        var likeliest = Enumerable.Range(0, labels.Count).MaxBy(index => likelihoods[index]);
        return LabelChoice.Of(labels[likeliest], client.Receipt);
    }

    private async Task<LabelChoice> NamedAsync(
        ModelRoute route,
        ChatOptions options,
        IReadOnlyList<ChatMessage> turns,
        IReadOnlyList<string> labels,
        CancellationToken ct
    )
    {
        options.MaxOutputTokens = MostTokens;
        using var client = router.ChatClient(route with { Cache = null });
        List<ChatMessage> asked = [.. turns];
        for (var tries = 0; tries < 2; tries++)
        {
            var answer = (await client.GetResponseAsync(asked, options, ct)).Text;
            if (OutcomeLine.Label(answer, labels) is { } label)
            {
                return LabelChoice.Of(label, client.Receipt);
            }

            asked.Add(new(ChatRole.Assistant, answer));
            asked.Add(new(ChatRole.User, $"Answer with one of these and nothing else: {string.Join(", ", labels)}."));
        }

        return LabelChoice.Of(null, client.Receipt);
    }
}
