namespace Republic.Core.Trainer;

/// <summary>Progress of a measurement, in units of its own.</summary>
internal sealed record MeasureProgress(int Done, int Of);
