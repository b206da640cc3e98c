namespace Republic.Core.Training.Runs;

/// <summary>How far a run is.</summary>
/// <param name="Share">Of the step, 0 to 1.</param>
/// <param name="EtaSeconds">To the end of the run: by usual durations at first, and ever more by what was measured in it.</param>
/// <param name="Gauges">While weights are trained.</param>
public sealed record RunProgress(StepName Step, double Share, double? EtaSeconds, RunGauges? Gauges);
