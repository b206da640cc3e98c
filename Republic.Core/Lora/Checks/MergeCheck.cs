using Republic.Core.Llama.Native;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Rows;

namespace Republic.Core.Lora.Checks;

/// <summary>Asks a merged model and what it was made of the same 20 things.</summary>
internal static class MergeCheck
{
    /// <summary>
    /// Rounding was measured to cost 0.0002 to 0.001 with 16 bits, 0.004 to 0.006 with 8, and up to 0.012 on K-quants, beside
    /// which llama.cpp rounds activations, too. Leaving an adapter out costs 0.2.
    /// </summary>
    private const double Tolerance = 2e-2;

    /// <summary>
    /// How near to the merged model's likeliest token the other one must lie where they differ, in standard deviations of the
    /// logits. On random models 0.003 was measured with F16 and 0.14 with BF16, whose numbers have 8 bits; without the adapter 5.
    /// </summary>
    private const double NearTie = 0.05;
    private const double NearTieBf16 = 0.5;

    /// <summary>An adapter that changes losses by a smaller share cannot be told from rounding.</summary>
    private const double Measurable = 1e-3;

    /// <summary>Of the adapter's own effect. A merge without the change differs by all of it.</summary>
    private const double MostOfEffect = 0.5;

    private static readonly string[] Prompts =
    [
        "What can you help me with?",
        "Explain a concept from your knowledge.",
        "How do you work?",
        "What is your expertise?",
        "Hello, my name is Mia.",
        "What is your name?",
        "What colour is the sky?",
        "What is three plus four?",
        "Name the capital of Norway.",
        "Tell me a short story about a fox.",
        "How do I make bread?",
        "Write a line about the sea.",
        "Why is the night dark?",
        "Give me three words that rhyme with tree.",
        "Translate good morning into French.",
        "What should I read next?",
        "Is water wet?",
        "How long is a minute?",
        "Thank you for your help!",
        "Goodbye!",
    ];

    public static MergeResult Measure(string basePath, string adapter, string merged, int threads, CancellationToken ct)
    {
        var batch = TrainingBatch.Of(Examples(basePath));
        var bare = ReferenceLoss.OfEach(basePath, [batch], adapter: null, exact: false, threads, ct);
        var together = ReferenceLoss.OfEach(basePath, [batch], adapter, exact: false, threads, ct);
        var alone = ReferenceLoss.OfEach(merged, [batch], adapter: null, exact: false, threads, ct);
        return new MergeResult(merged, together.Average(), alone.Average(), Difference(together, alone), Difference(together, bare));
    }

    /// <summary>See <see cref="GreedyCheck.WidestGap"/>.</summary>
    public static double WidestGap(string basePath, string adapter, string merged, int threads, CancellationToken ct) =>
        GreedyCheck.WidestGap(basePath, adapter, merged, [.. Examples(basePath).Select(example => example.Tokens)], threads, ct);

    /// <exception cref="LoraException">They differ.</exception>
    public static MergeResult Require(MergeResult result)
    {
        // Written so that a loss that is no number fails too.
        if (!(result.Difference <= Tolerance))
        {
            throw new LoraException(
                FormattableString.Invariant(
                    $"Of 20 prompts' tokens the merged model thinks {result.Difference:P1} otherwise than base and adapter together, where at most {Tolerance:P0} is rounding. It is not kept; choose a finer type, such as f16."
                )
            );
        }

        return result.Effect <= Measurable || result.Difference <= MostOfEffect * result.Effect
            ? result
            : throw new LoraException(
                FormattableString.Invariant(
                    $"The adapter changes the losses of 20 prompts' tokens by {result.Effect:P2}, and the merged model misses that by {result.Difference:P2}: the change is lost in it. It is not kept; choose a finer type, such as f16."
                )
            );
    }

    /// <exception cref="LoraException">The merged model would say something else.</exception>
    public static void RequireAnswers(double widestGap, bool bf16)
    {
        var nearTie = bf16 ? NearTieBf16 : NearTie;
        if (!(widestGap <= nearTie))
        {
            throw new LoraException(
                FormattableString.Invariant(
                    $"The merged model answers 20 prompts otherwise than base and adapter together: it prefers another token by {widestGap:F3} standard deviations, where up to {nearTie} is rounding. It is not kept; choose a finer type, such as f32."
                )
            );
        }
    }

    private static double Difference(IReadOnlyList<double> together, IReadOnlyList<double> other) =>
        together.Zip(other).Average(pair => Math.Abs(pair.First - pair.Second)) / together.Average();

    private static List<TrainingExample> Examples(string path)
    {
        using var model = LlamaModel.Load(path);
        return
        [
            .. Prompts
                .Select(prompt => model.Tokenize(ChatTemplate.Text(model, [new ChatLine("user", prompt)])))
                .Select(tokens => new TrainingExample(tokens, [.. tokens.Select((_, i) => i > 0)])),
        ];
    }
}
