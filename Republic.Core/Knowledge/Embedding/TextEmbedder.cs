using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Republic.Core.Providers;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Knowledge.Embedding;

/// <summary>Asks embedding models for vectors of length 1, a batch at a time.</summary>
public sealed class TextEmbedder(ModelRouter router)
{
    private const int MostTexts = 96;
    private const int MostCharacters = 60_000;

    /// <summary>Of a text that no model takes whole, at least so much is left.</summary>
    private const int ShortestPart = 64;

    /// <summary>Splits texts into what one call takes.</summary>
    public static IEnumerable<IReadOnlyList<string>> Batches(IEnumerable<string> texts)
    {
        List<string> batch = [];
        var characters = 0;
        foreach (var text in texts)
        {
            if (batch.Count > 0 && (batch.Count == MostTexts || characters + text.Length > MostCharacters))
            {
                yield return batch;
                (batch, characters) = ([], 0);
            }

            batch.Add(text);
            characters += text.Length;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    /// <summary>The vectors of a few questions.</summary>
    public async Task<Outcome<float[][]>> QuestionsAsync(EmbeddingRoute route, IEnumerable<string> questions, CancellationToken ct)
    {
        List<float[]> all = [];
        foreach (var batch in Batches(questions.Select(question => route.Model.QueryPrefix + question)))
        {
            var vectors = await EmbedAsync(route, batch, ct);
            if (!vectors.Ok)
            {
                return vectors.Failure;
            }

            all.AddRange(vectors.Value);
        }

        return all.ToArray();
    }

    /// <summary>One batch, as it is.</summary>
    public async Task<Outcome<float[][]>> EmbedAsync(EmbeddingRoute route, IReadOnlyList<string> texts, CancellationToken ct)
    {
        try
        {
            return await AskAsync(route, texts, ct);
        }
        catch (ProviderException e)
        {
            return e.Kind == ProviderErrorKind.OverBudget
                ? new Failure(FailureKind.OverBudget, e.Message, [])
                : Failure.Upstream(e.Message) with
                {
                    RetryAfter = e.IsTransient ? e.RetryAfter ?? Patience.After(1) : null,
                };
        }
    }

    private async Task<float[][]> AskAsync(EmbeddingRoute route, IReadOnlyList<string> texts, CancellationToken ct)
    {
        try
        {
            return await AskOnceAsync(route, texts, ct);
        }
        catch (ProviderException e) when (IsTooLong(e) && texts.Count > 1)
        {
            var half = texts.Count / 2;
            return [.. await AskAsync(route, [.. texts.Take(half)], ct), .. await AskAsync(route, [.. texts.Skip(half)], ct)];
        }
        // What a long passage begins with finds it better than no vector at all.
        catch (ProviderException e) when (IsTooLong(e) && texts is [{ Length: > ShortestPart } only])
        {
            return await AskAsync(route, [Shortened(only)], ct);
        }
    }

    private async Task<float[][]> AskOnceAsync(EmbeddingRoute route, IReadOnlyList<string> texts, CancellationToken ct)
    {
        using var generator = router.EmbeddingGenerator(route.Route);
        try
        {
            var made = await generator.GenerateAsync(texts, cancellationToken: ct);
            return [.. made.Select(vector => Normalised(vector.Vector.Span))];
        }
        finally
        {
            if (generator.Receipt is { } receipt)
            {
                route.OnAsked?.Invoke(receipt);
            }
        }
    }

    private static bool IsTooLong(ProviderException e) => e.Kind == ProviderErrorKind.ContextTooLong;

    private static string Shortened(string text)
    {
        var length = text.Length * 2 / 3;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    private static float[] Normalised(ReadOnlySpan<float> given)
    {
        var vector = given.ToArray();
        // In two steps: the square of a large number is out of a float's range.
        var largest = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(vector));
        TensorPrimitives.Divide(vector, largest, vector);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}
