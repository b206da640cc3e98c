using System.Numerics.Tensors;
using Republic.Core.Llama.Native;

namespace Republic.Core.Lora.Checks;

/// <summary>Lets a model with an adapter answer with the likeliest token each time, and asks another model what it would have said.</summary>
internal static class GreedyCheck
{
    private const int AnswerLength = 16;

    /// <summary>
    /// How far the merged model's likeliest token lies before the one that base and adapter say, where they differ, at worst: in
    /// standard deviations of that token's logits. 0 when every token is the same.
    /// </summary>
    public static double WidestGap(
        string basePath,
        string adapter,
        string merged,
        IReadOnlyList<int[]> prompts,
        int threads,
        CancellationToken ct
    )
    {
        var answers = new List<int[]>();
        Each(basePath, adapter, prompts, threads, (model, read) => answers.Add(Answer(model, prompts[answers.Count], read, ct)));
        var (at, widest) = (0, 0.0);
        Each(
            merged,
            null,
            prompts,
            threads,
            (_, read) =>
            {
                ct.ThrowIfCancellationRequested();
                widest = Math.Max(widest, Gap(prompts[at], answers[at], read));
                at++;
            }
        );
        return widest;
    }

    /// <summary>Opens a model and does something once per prompt, with what reads tokens and gives the logits after each.</summary>
    private static void Each(
        string path,
        string? adapter,
        IReadOnlyList<int[]> prompts,
        int threads,
        Action<LlamaModel, Func<ReadOnlySpan<int>, int, LlamaContext>> ask
    )
    {
        var length = prompts.Max(prompt => prompt.Length) + AnswerLength;
        using var model = LlamaModel.Load(path);
        using var workers = new ComputeThreads(threads);
        using var context = new LlamaContext(model, new(length, Sequences: 1, Batch: length), workers);
        using var batch = new TokenBatch(length);
        using var lora = adapter is null ? null : LoraAdapter.Load(model, adapter);
        if (lora is not null)
        {
            context.Use(new AdapterSet([(lora, 1)]));
        }

        foreach (var _ in prompts)
        {
            context.Forget(sequence: 0, from: 0);
            ask(model, Read);
        }

        LlamaContext Read(ReadOnlySpan<int> tokens, int position)
        {
            batch.Clear();
            foreach (var token in tokens)
            {
                batch.Add(token, position++, sequence: 0, logits: true);
            }

            context.Decode(batch);
            return context;
        }
    }

    private static int[] Answer(LlamaModel model, int[] prompt, Func<ReadOnlySpan<int>, int, LlamaContext> read, CancellationToken ct)
    {
        var answer = new List<int>();
        var logits = read(prompt, 0).Logits(prompt.Length - 1);
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            answer.Add(TensorPrimitives.IndexOfMax(logits));
            if (model.EndsGeneration(answer[^1]) || answer.Count == AnswerLength)
            {
                return [.. answer];
            }

            logits = read([answer[^1]], prompt.Length + answer.Count - 1).Logits(0);
        }
    }

    private static double Gap(int[] prompt, int[] answer, Func<ReadOnlySpan<int>, int, LlamaContext> read)
    {
        var context = read([.. prompt, .. answer.AsSpan(..^1)], 0);
        var widest = 0.0;
        for (var i = 0; i < answer.Length; i++)
        {
            var logits = context.Logits(prompt.Length - 1 + i);
            // A logit that is no number makes the gap none, and no limit is wider than that.
            var gap = (TensorPrimitives.Max(logits) - logits[answer[i]]) / TensorPrimitives.StdDev(logits);
            widest = double.IsNaN(gap) ? double.PositiveInfinity : Math.Max(widest, gap);
        }

        return widest;
    }
}
