namespace Republic.Core.Training.Gate;

/// <summary>Where the true mean difference lies: below <paramref name="Low"/> and above <paramref name="High"/> with a chance of 2.5 % each if nothing else is said.</summary>
public sealed record ConfidenceInterval(double Low, double High);
