using Republic.Core.Scenarios;

namespace Republic.Core.Episodes.Reading;

/// <summary>A transition that a person can choose now.</summary>
/// <param name="To">The state that it leads to.</param>
/// <param name="Label">The label, question or condition of the transition; null for what is taken when nothing else is.</param>
public sealed record ChoiceCard(string To, TransitionKind Kind, string? Label);
