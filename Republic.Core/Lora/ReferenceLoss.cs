using Republic.Core.Lora.Layers;
using Republic.Core.ModelHost.Native;

namespace Republic.Core.Lora;

/// <summary>The loss of a batch as llama.cpp itself computes it, with an adapter or without: what the trainer is held against.</summary>
internal static class ReferenceLoss
{
    /// <param name="adapter">A LoRA adapter's file that has passed the checks of its loader, or null.</param>
    /// <param name="exact">Full precision, see <see cref="ContextShape"/>; false as a chat with the model computes.</param>
    /// <returns>The sum over the batch's targets, in nats.</returns>
    public static double Of(string path, TrainingBatch batch, string? adapter, bool exact, int workers, CancellationToken ct)
    {
        using var model = LlamaModel.Load(path, repack: !exact);
        using var threads = new ComputeThreads(workers);
        using var context = new LlamaContext(model, new(batch.Length, Sequences: 1, Batch: batch.Length, Exact: exact), threads);
        using var tokens = new TokenBatch(batch.Length);
        using var lora = adapter is null ? null : LoraAdapter.Load(model, adapter);
        if (lora is not null)
        {
            context.Use(new AdapterSet([(lora, 1)]));
        }

        var loss = 0.0;
        var targets = batch.TargetRows.Zip(batch.TargetTokens).ToLookup(pair => pair.First / batch.Length);
        foreach (var sequence in targets)
        {
            ct.ThrowIfCancellationRequested();
            Decode(context, tokens, batch, sequence.Key, [.. sequence.Select(pair => pair.First % batch.Length)]);
            loss += sequence.Sum(pair => CrossEntropy.Of(context.Logits(pair.First % batch.Length), pair.Second));
        }

        return loss;
    }

    private static void Decode(LlamaContext context, TokenBatch tokens, TrainingBatch batch, int sequence, HashSet<int> predicting)
    {
        tokens.Clear();
        context.Forget(sequence: 0, from: 0);
        // What fills the sequence up behind its last target changes nothing before it.
        for (var position = 0; position <= predicting.Max(); position++)
        {
            tokens.Add(batch.Tokens[(sequence * batch.Length) + position], position, sequence: 0, predicting.Contains(position));
        }

        context.Decode(tokens);
    }
}
