using Republic.Core.Llama.Memory;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>The memory that a model takes, in bytes.</summary>
/// <param name="Weights">The weights of the model.</param>
/// <param name="Kv">The key-value cache of all sequences.</param>
/// <param name="State">The states of recurrent layers.</param>
/// <param name="Compute">The buffers in which a step is computed.</param>
/// <param name="Need">The sum, with the overhead of the model host; the measured figure where there is one.</param>
public sealed record FitEstimate(long Weights, long Kv, long State, long Compute, long Need)
{
    internal static FitEstimate Of(ContextPlan plan) =>
        new(plan.WeightBytes, plan.CacheBytes, plan.StateBytes, plan.ComputeBytes, plan.NeedBytes);
}
