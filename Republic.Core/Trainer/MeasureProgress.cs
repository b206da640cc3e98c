namespace Republic.Core.Trainer;

/// <summary>How much of a measurement is done, in units of its own.</summary>
internal sealed record MeasureProgress(int Done, int Of);
