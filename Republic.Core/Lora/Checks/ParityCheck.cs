using Republic.Core.Lora.Loop;

namespace Republic.Core.Lora.Checks;

/// <summary>
/// The gate before and after a training run: the trainer's loss on a sample must be the one that llama.cpp computes. Before,
/// it proves that the trainer understands the model; after, with the adapter, that what was learned is what will be used.
/// </summary>
internal static class ParityCheck
{
    /// <summary>With llama.cpp's usual context, whose keys and values have 16 bits.</summary>
    public const double Tolerance = 1e-3;

    /// <summary>With full precision on both sides.</summary>
    public const double ExactTolerance = 1e-5;

    /// <summary>The advice where the losses differ before training.</summary>
    public const string TakeAnother = "Take another model, or the same one in another GGUF type.";

    /// <summary>The advice where the losses differ after training.</summary>
    public const string NotToBeUsed = "The adapter is not to be used; the last checkpoint is kept.";

    /// <summary>The number of tokens to which llama.cpp rounds its cache up.</summary>
    private const int CacheStep = 256;

    /// <param name="adapter">The file of an adapter that holds the model's present parameters; null while they change nothing yet.</param>
    public static ParityResult Measure(
        LoraModel model,
        TrainingBatch batch,
        string? adapter = null,
        bool exact = false,
        CancellationToken ct = default
    )
    {
        if (batch.Targets == 0)
        {
            throw new LoraException("No token of the sample is part of an answer, so there is nothing to compare.");
        }

        // One last bit decides, where activations are rounded to 8 bits for a product with quantised weights, in which step a
        // number falls. So for an exact comparison both sides compute the same number of rows, and sum over as many keys.
        var length = (batch.Length + CacheStep - 1) / CacheStep * CacheStep;
        IReadOnlyList<TrainingBatch> parts = exact ? [.. batch.Alone(length)] : [batch];
        var reference = ReferenceLoss.Of(model.Path, parts, adapter, exact, model.Threads, ct);
        var trainer = parts.Sum(part => exact ? model.LossAsReference(part, ct) : model.Loss(part, ct));
        return new(trainer / batch.Targets, reference / batch.Targets);
    }

    /// <param name="advice">What to do where they differ.</param>
    /// <exception cref="LoraException">The losses differ by more than the tolerance.</exception>
    public static ParityResult Require(
        LoraModel model,
        TrainingBatch batch,
        string? adapter = null,
        bool exact = false,
        string advice = TakeAnother,
        CancellationToken ct = default
    )
    {
        var result = Measure(model, batch, adapter, exact, ct);
        var tolerance = exact ? ExactTolerance : Tolerance;
        // Written so that a loss that is no number fails too.
        if (!(result.Difference <= tolerance))
        {
            throw new LoraException(
                FormattableString.Invariant(
                    $"The trainer computes a loss of {result.Trainer:F6} nats per token where llama.cpp computes {result.Reference:F6} (difference {result.Difference:G2}, at most {tolerance:G1} is allowed), so it would train another model than the one that answers. "
                ) + advice
            );
        }

        return result;
    }
}
