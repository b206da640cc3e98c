using Microsoft.Extensions.Logging;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Llama.Files;

namespace Republic.Core.Answering.Intents;

/// <summary>Classifies a message to a small model among the intents that it learned, by the embedding model that comes along.</summary>
internal sealed class IntentClassifier(
    BuiltInEmbedding embedding,
    EmbeddingRoutes routes,
    TextEmbedder embedder,
    ILogger<IntentClassifier> log
)
{
    // Somebody waits, and an answer without it is better than none.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <param name="name">Of the minion that is spoken to.</param>
    /// <returns>Null where the embedding model is not there, or does not answer in time.</returns>
    public async Task<IntentDecision?> ClassifyAsync(ModelIntents intents, Guid owner, string message, string? name, CancellationToken ct)
    {
        if (!embedding.IsThere)
        {
            return null;
        }

        var texts = MessageText.Parts(message, name);
        if (texts.Count == 0)
        {
            return new IntentDecision(intents.First(IntentDecision.Declined));
        }

        var route = await routes.FindAsync(owner, BuiltInEmbedding.Model, ct);
        var vectors = route.Ok ? await embedder.QuestionsAsync(route.Value.Within(Patience), texts, ct) : route.Failure;
        if (vectors.Ok)
        {
            return new IntentDecision(message, intents.Match(texts, vectors.Value));
        }

        log.LogInformation("A message to the built-in model was not classified: {Reason}", vectors.Failure.Message);
        return null;
    }
}
