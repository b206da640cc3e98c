using Republic.Core.Lora.Adapters;

namespace Republic.Core.Lora.Loop;

/// <summary>What a training loop needs of a model: its parameters, and the loss and gradient of a batch.</summary>
internal interface ITrainable
{
    /// <summary>In an order that never changes. The loop writes the values and clears the gradients.</summary>
    IReadOnlyList<LoraParameter> Parameters { get; }

    /// <summary>Computes with the parameters' present values from now on.</summary>
    void Upload();

    /// <summary>The loss, in nats, summed over the batch's targets.</summary>
    double Loss(TrainingBatch batch, CancellationToken ct = default);

    /// <summary>Adds <paramref name="scale"/> × the gradient of the summed loss to each parameter's gradient.</summary>
    /// <returns>The summed loss in nats, not scaled.</returns>
    double AddGradients(TrainingBatch batch, float scale, long dropoutSeed, CancellationToken ct = default);
}
