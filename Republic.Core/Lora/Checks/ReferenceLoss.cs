using Republic.Core.Llama.Native;
using Republic.Core.Lora.Layers;
using Republic.Core.Lora.Loop;

namespace Republic.Core.Lora.Checks;

/// <summary>The loss of a batch as llama.cpp itself computes it, with an adapter or without: what the trainer is held against.</summary>
internal static class ReferenceLoss
{
    /// <param name="batches">All of one length.</param>
    /// <param name="adapter">A LoRA adapter's file that has passed the checks of its loader, or null.</param>
    /// <param name="exact">
    /// Full precision, see <see cref="ContextShape"/>, and all logits of all tokens; false as a chat with the model computes.
    /// </param>
    /// <returns>The sum over the targets, in nats.</returns>
    /// <exception cref="DeviceMemoryException">There is no memory for llama.cpp's side.</exception>
    public static double Of(
        string path,
        IReadOnlyList<TrainingBatch> batches,
        string? adapter,
        bool exact,
        int workers,
        CancellationToken ct
    ) => OfEach(path, batches, adapter, exact, workers, ct).Sum();

    /// <returns>As <see cref="Of"/>, for each target, in the order of the sequences.</returns>
    public static IReadOnlyList<double> OfEach(
        string path,
        IReadOnlyList<TrainingBatch> batches,
        string? adapter,
        bool exact,
        int workers,
        CancellationToken ct
    )
    {
        var length = batches[0].Length;
        using var model = LlamaModel.Load(path, onCpu: exact);
        using var threads = new ComputeThreads(workers);
        using var context = Open(model, new(length, Sequences: 1, Batch: length, Exact: exact), threads);
        using var tokens = new TokenBatch(length);
        using var lora = adapter is null ? null : LoraAdapter.Load(model, adapter);
        if (lora is not null)
        {
            context.Use(new AdapterSet([(lora, 1)]));
        }

        var losses = new List<double>();
        foreach (var batch in batches)
        {
            foreach (var sequence in batch.TargetRows.Zip(batch.TargetTokens).ToLookup(pair => pair.First / length))
            {
                ct.ThrowIfCancellationRequested();
                var predicting = exact ? Enumerable.Range(0, length) : sequence.Select(pair => pair.First % length);
                Decode(context, tokens, batch.Tokens.AsSpan(sequence.Key * length, length), [.. predicting]);
                losses.AddRange(sequence.Select(pair => CrossEntropy.Of(context.Logits(pair.First % length), pair.Second)));
            }
        }

        return losses;
    }

    private static LlamaContext Open(LlamaModel model, ContextShape shape, ComputeThreads threads)
    {
        try
        {
            return new LlamaContext(model, shape, threads);
        }
        catch (InvalidDataException e)
        {
            // llama.cpp does not say why; a model that has been loaded lacks nothing but memory here.
            throw new DeviceMemoryException(e.Message, e);
        }
    }

    private static void Decode(LlamaContext context, TokenBatch batch, ReadOnlySpan<int> tokens, HashSet<int> predicting)
    {
        batch.Clear();
        context.Forget(sequence: 0, from: 0);
        // What fills the sequence up behind its last target changes nothing before it.
        for (var position = 0; position <= predicting.Max(); position++)
        {
            batch.Add(tokens[position], position, sequence: 0, predicting.Contains(position));
        }

        context.Decode(batch);
    }
}
