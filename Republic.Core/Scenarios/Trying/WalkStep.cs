using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Trying;

/// <summary>A state that a walk has left, and the transition it was left by.</summary>
/// <param name="Visit">How often the state had been entered by then, this time included.</param>
/// <param name="Index">The number of the transition within its state, from 0.</param>
/// <param name="Choices">The choices that lead to the state.</param>
public sealed record WalkStep(StateDefinition State, int Visit, int Index, TransitionDefinition Transition, string Choices);
