using Republic.Core.ModelHost.Native;

namespace Republic.Core.Lora;

/// <summary>Asks a merged model and what it was made of the same 20 things.</summary>
internal static class MergeCheck
{
    /// <summary>
    /// Rounding was measured to cost 0.0002 to 0.001 with 16 bits, 0.004 to 0.006 with 8, and up to 0.012 on K-quants, beside
    /// which llama.cpp rounds activations, too. Leaving an adapter out costs 0.2.
    /// </summary>
    private const double Tolerance = 2e-2;

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
        var together = ReferenceLoss.OfEach(basePath, [batch], adapter, exact: false, threads, ct);
        var alone = ReferenceLoss.OfEach(merged, [batch], adapter: null, exact: false, threads, ct);
        var difference = together.Zip(alone).Average(pair => Math.Abs(pair.First - pair.Second));
        return new MergeResult(merged, together.Average(), alone.Average(), difference / together.Average());
    }

    /// <exception cref="LoraException">They differ.</exception>
    public static MergeResult Require(MergeResult result) =>
        // Written so that a loss that is no number fails too.
        result.Difference <= Tolerance
            ? result
            : throw new LoraException(
                FormattableString.Invariant(
                    $"Of 20 prompts' tokens the merged model thinks {result.Difference:P1} otherwise than base and adapter together, where at most {Tolerance:P0} is rounding. It is not kept; choose a finer type, such as f16."
                )
            );

    private static List<TrainingExample> Examples(string path)
    {
        using var model = LlamaModel.Load(path);
        return
        [
            .. Prompts
                .Select(prompt => model.Tokenize(ChatTemplate.Render(model.ChatTemplate, [new ChatLine("user", prompt)])))
                .Select(tokens => new TrainingExample(tokens, [.. tokens.Select((_, i) => i > 0)])),
        ];
    }
}
