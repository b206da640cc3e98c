using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Steps;

/// <summary>
/// One of the nine steps. It reads what earlier steps handed on and hands on something of its own, and knows neither the database nor
/// its neighbours. It may be started again after any of its writes: what it asked models is in the journal, and files carry the
/// number of the start.
/// </summary>
internal interface ITrainingStep
{
    StepName Name { get; }

    /// <summary>What a node has one of and the step needs; a run that finds it taken leaves the node and comes back when it is free.</summary>
    string? Takes(TrainingJob job) => null;

    /// <summary>The work in it, pieces of each kind: what a forecast of the run rests on. Null where that is not known yet.</summary>
    IReadOnlyDictionary<WorkKind, int>? Work(StepRun run) => new Dictionary<WorkKind, int>();

    /// <returns>What it hands on, a record that is kept as JSON; or why the run cannot go on, and what to do.</returns>
    Task<Outcome<object>> RunAsync(StepRun run, CancellationToken ct);
}
