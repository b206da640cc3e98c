namespace Republic.Core.Episodes.Reading;

/// <summary>The same turn in two timelines: the n-th time that a role acts in a state. One side is null where it did not come to it.</summary>
public sealed record DifferenceCard(string State, string Role, int Occurrence, StepCard? From, StepCard? To, bool Same);
