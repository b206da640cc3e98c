using Microsoft.Extensions.Logging;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Llama.Files;

namespace Republic.Core.Answering.Intents;

/// <summary>Reads what a message to a small model means, by the embedding model that comes along.</summary>
internal sealed class IntentReader(BuiltInEmbedding embedding, EmbeddingWays ways, TextEmbedder embedder, ILogger<IntentReader> log)
{
    // Somebody waits, and an answer without it is better than none.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <param name="name">Of the minion that is spoken to.</param>
    /// <returns>Null where the embedding model is not there, or does not answer in time.</returns>
    public async Task<MessageReading?> ReadAsync(ModelIntents intents, Guid owner, string message, string? name, CancellationToken ct)
    {
        if (!embedding.IsThere)
        {
            return null;
        }

        var texts = MessageText.Parts(message, name);
        if (texts.Count == 0)
        {
            return new MessageReading(intents.First(MessageReading.Declined));
        }

        var way = await ways.FindAsync(owner, BuiltInEmbedding.Model, ct);
        var vectors = way.Ok ? await embedder.QuestionsAsync(way.Value.Within(Patience), texts, ct) : way.Failure;
        if (vectors.Ok)
        {
            return new MessageReading(message, intents.Match(texts, vectors.Value));
        }

        log.LogInformation("A message to the built-in model was not read: {Reason}", vectors.Failure.Message);
        return null;
    }
}
