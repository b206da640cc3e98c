namespace Republic.Core.Training.Runs;

/// <summary>How far a run is.</summary>
/// <param name="EtaSeconds">To the end of the run; null where it is not known.</param>
/// <param name="Gauges">While weights are trained.</param>
public sealed record RunProgress(StepName Step, double? EtaSeconds, RunGauges? Gauges);
