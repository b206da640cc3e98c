using System.Diagnostics;
using System.Globalization;
using Republic.Core;
using Republic.Core.Llama.Native;
using Republic.Core.Lora;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Rows;
using Republic.Tests.Unit.Lora;

namespace Republic.Bench;

/// <summary>
/// Tokens per CPU second on one thread: llama.cpp reading a prompt, the trainer's loss, and whole training steps; in turns,
/// and the best of some rounds each, since other work on a machine only ever takes away.
/// </summary>
internal sealed class Measurement(string path, IReadOnlyList<string> options)
{
    private const int HighestToken = 256;
    private int Tokens => Option("tokens", 256);

    private int Rounds => Option("rounds", 3);

    public void Run()
    {
        var shape = new LoraShape(Option("rank", 16), 2 * Option("rank", 16), 0, LoraShape.Modules);
        var batch = Batch();
        using var rich = LoraModel.Open(path, shape, new LoraModelSettings { SpareBytes = 1L << 34 });
        using var poor = LoraModel.Open(path, shape, new LoraModelSettings { SpareBytes = rich.TransposedBytes });
        using var least = LoraModel.Open(path, shape, new LoraModelSettings { SpareBytes = 0 });
        using var model = LlamaModel.Load(path);
        using var threads = new ComputeThreads(1);
        using var context = new LlamaContext(model, new(Tokens, 1, Tokens), threads);
        using var tokens = new TokenBatch(Tokens);
        var prompt = Best(() => Prompt(context, tokens, batch));
        var loss = Best(() => rich.Loss(batch));
        var lossBytes = rich.ComputeBytes;
        var kept = Best(Step(rich, batch));
        var again = Best(Step(poor, batch));
        var plain = Best(Step(least, batch));
        Print("llama.cpp reads a prompt", prompt, 0, prompt);
        Print("trainer's loss", loss, lossBytes, prompt);
        Print($"step, {rich.KeptLayers} layers kept, {rich.TransposedBytes >> 20} MiB transposed", kept, rich.ComputeBytes, prompt);
        Print($"step, computed again, {poor.TransposedBytes >> 20} MiB transposed", again, poor.ComputeBytes, prompt);
        Print("step, nothing spare", plain, least.ComputeBytes, prompt);
        if (Option("autograd", 0) == 1)
        {
            using var reference = new AutogradReference(rich, shape);
            Print("gradients by ggml from one graph", Best(() => reference.Run(batch)), reference.Bytes, prompt);
        }
    }

    private static Action Step(LoraModel model, TrainingBatch batch)
    {
        var optimiser = new AdamW([.. model.Parameters.Select(parameter => parameter.Values.Length)], weightDecay: 0.01f);
        return () =>
        {
            model.AddGradients(batch, 1f / batch.Targets, dropoutSeed: 1);
            optimiser.Advance();
            for (var i = 0; i < model.Parameters.Count; i++)
            {
                optimiser.Update(i, model.Parameters[i].Values, model.Parameters[i].Gradient, 1e-5f);
                Array.Clear(model.Parameters[i].Gradient);
            }

            model.Upload();
        };
    }

    private static void Prompt(LlamaContext context, TokenBatch tokens, TrainingBatch batch)
    {
        tokens.Clear();
        context.Forget(sequence: 0, from: 0);
        for (var i = 0; i < tokens.Capacity; i++)
        {
            tokens.Add(batch.Tokens[i], i, sequence: 0, logits: i == tokens.Capacity - 1);
        }

        context.Decode(tokens);
    }

    /// <summary>Of a hundred tokens, so many carry loss: in conversations about half are answers.</summary>
    private TrainingBatch Batch()
    {
        var random = new SeededRandom(1);
        var (sequences, length) = (Option("sequences", 1), Tokens / Option("sequences", 1));
        return TrainingBatch.Of([
            .. Enumerable
                .Range(0, sequences)
                .Select(_ => new TrainingExample(
                    [.. Enumerable.Range(0, length + 1).Select(_ => random.Next(HighestToken))],
                    [.. Enumerable.Range(0, length + 1).Select(i => i > 0 && (i - 1) % 100 < Option("learned", 50))]
                )),
        ]);
    }

    /// <summary>CPU seconds of one call, after one that fills caches and buffers. Short work is repeated until it can be measured.</summary>
    private double Best(Action work)
    {
        work();
        var repeats = Math.Max(1, (int)(1 / Math.Max(CpuSeconds(work), 1e-3)));
        return Enumerable
                .Range(0, Rounds)
                .Min(_ =>
                    CpuSeconds(() =>
                    {
                        for (var i = 0; i < repeats; i++)
                        {
                            work();
                        }
                    })
                ) / repeats;
    }

    private static double CpuSeconds(Action work)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        work();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalSeconds;
    }

    private void Print(string what, double seconds, long bytes, double prompt)
    {
        var (rate, third) = (Tokens / seconds, Tokens / prompt / 3);
        Console.WriteLine(FormattableString.Invariant($"| {what} | {rate:F0} | {rate / third:P0} | {bytes >> 20} |"));
    }

    private int Option(string name, int otherwise) =>
        options.FirstOrDefault(option => option.StartsWith(name + "=", StringComparison.Ordinal)) is { } given
            ? int.Parse(given[(name.Length + 1)..], CultureInfo.InvariantCulture)
            : otherwise;
}
