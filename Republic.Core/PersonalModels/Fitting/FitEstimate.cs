using Republic.Core.Llama.Memory;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>What a model takes in memory, in bytes.</summary>
/// <param name="Kv">Keys and values of all sequences.</param>
/// <param name="State">States of recurrent layers.</param>
/// <param name="Compute">What a step is computed in.</param>
/// <param name="Need">All of it, with what the program around it takes; where it was measured, that figure.</param>
public sealed record FitEstimate(long Weights, long Kv, long State, long Compute, long Need)
{
    internal static FitEstimate Of(ContextPlan plan) =>
        new(plan.WeightBytes, plan.CacheBytes, plan.StateBytes, plan.ComputeBytes, plan.NeedBytes);
}
