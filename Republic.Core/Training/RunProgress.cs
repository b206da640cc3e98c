namespace Republic.Core.Training;

/// <summary>How far a run is.</summary>
/// <param name="Share">Of the step, 0 to 1.</param>
/// <param name="EtaSeconds">To the end of the run; null until enough of it was measured.</param>
/// <param name="Gauges">While weights are trained.</param>
public sealed record RunProgress(StepName Step, double Share, double? EtaSeconds, RunGauges? Gauges);
