using System.Numerics.Tensors;
using Republic.Core.Llama.Native;

namespace Republic.Core.Lora.Retention;

/// <summary>Holds two versions of a model against each other, token by token, on answers that one of them gave.</summary>
internal sealed class DivergenceMeter : IDisposable
{
    private const int MostAtOnce = 256;
    private readonly LlamaContext before;
    private readonly LlamaContext after;
    private readonly PrefixCache heldBefore;
    private readonly PrefixCache heldAfter;
    private readonly TokenBatch batch = new(MostAtOnce);
    private readonly float[] p;
    private readonly float[] q;

    /// <param name="former">The adapter of the version that gave the answers, or null.</param>
    /// <param name="adapter">The adapter of the version that is measured, or null.</param>
    /// <param name="length">Tokens of the longest prompt with its answer.</param>
    public DivergenceMeter(LlamaModel model, LoraAdapter? former, LoraAdapter? adapter, int length, ComputeThreads threads)
    {
        before = Open(model, former, length, threads);
        after = Open(model, adapter, length, threads);
        (heldBefore, heldAfter) = (new PrefixCache(before, 1), new PrefixCache(after, 1));
        (p, q) = (new float[model.VocabularySize], new float[model.VocabularySize]);
    }

    /// <param name="prompt">Tokens up to where the answer begins, for the version before.</param>
    /// <param name="draftPrompt">The same for the other version, whose system prompt may be another.</param>
    /// <returns>One for each token of the answer.</returns>
    public IReadOnlyList<TokenShift> Measure(int[] prompt, int[] draftPrompt, int[] answer, CancellationToken ct)
    {
        var former = Logits(before, heldBefore, prompt, answer, ct);
        var draft = Logits(after, heldAfter, draftPrompt, answer, ct);
        return [.. answer.Select((token, i) => Shift(former[i], draft[i], token))];
    }

    /// <param name="prompt">Tokens up to where the answer begins, for the version before.</param>
    /// <param name="answer">Tokens that the other version wrote.</param>
    /// <returns>−log p of each token of the answer under the version before, in nats.</returns>
    public IReadOnlyList<double> Surprise(int[] prompt, int[] answer, CancellationToken ct) =>
        [.. Logits(before, heldBefore, prompt, answer, ct).Zip(answer, Loss)];

    public void Dispose()
    {
        batch.Dispose();
        before.Dispose();
        after.Dispose();
    }

    private static LlamaContext Open(LlamaModel model, LoraAdapter? adapter, int length, ComputeThreads threads)
    {
        var context = new LlamaContext(model, new(length, Sequences: 1, Batch: Math.Min(length, MostAtOnce)), threads);
        if (adapter is not null)
        {
            context.Use(new AdapterSet([(adapter, 1)]));
        }

        return context;
    }

    /// <summary>What the model expects in the place of each token of the answer.</summary>
    private List<float[]> Logits(LlamaContext context, PrefixCache held, int[] prompt, int[] answer, CancellationToken ct)
    {
        var from = held.Begin(0, prompt);
        int[] tokens = [.. prompt, .. answer.AsSpan(..^1)];
        var logits = new List<float[]>(answer.Length);
        foreach (var part in tokens.Index().Skip(from).Chunk(Math.Min(MostAtOnce, batch.Capacity)))
        {
            ct.ThrowIfCancellationRequested();
            batch.Clear();
            foreach (var (position, token) in part)
            {
                batch.Add(token, position, sequence: 0, logits: position >= prompt.Length - 1);
            }

            context.Decode(batch);
            logits.AddRange(
                part.Where(one => one.Index >= prompt.Length - 1).Select((one, _) => context.Logits(one.Index - part[0].Index).ToArray())
            );
        }

        if (!AreSound(logits[^1]))
        {
            held.Clear();
        }

        return logits;
    }

    private static bool AreSound(float[] logits) => float.IsFinite(TensorPrimitives.Max<float>(logits));

    private TokenShift Shift(float[] former, float[] draft, int token)
    {
        LogSoftmax(former, p);
        LogSoftmax(draft, q);
        return new TokenShift(-p[token], -q[token], Math.Max(0, Divergence(p, q)));
    }

    private double Loss(float[] logits, int token)
    {
        LogSoftmax(logits, p);
        return -p[token];
    }

    /// <summary>Kullback–Leibler, KL(p ‖ q), in nats.</summary>
    /// <param name="p">Logarithms of probabilities, as <paramref name="q"/>.</param>
    internal static double Divergence(ReadOnlySpan<float> p, ReadOnlySpan<float> q)
    {
        var divergence = 0.0;
        for (var i = 0; i < p.Length; i++)
        {
            divergence += Math.Exp(p[i]) * (p[i] - q[i]);
        }

        return divergence;
    }

    private static void LogSoftmax(float[] logits, float[] result)
    {
        var highest = TensorPrimitives.Max<float>(logits);
        TensorPrimitives.Subtract(logits, highest, result);
        var sum = 0.0;
        foreach (var value in result)
        {
            sum += Math.Exp(value);
        }

        TensorPrimitives.Subtract(result, (float)Math.Log(sum), result);
    }
}
