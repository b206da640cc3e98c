using Republic.Core.Events;
using Republic.Core.Jobs;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Journal;

/// <summary>Opens the journal of a run for one start of it.</summary>
internal sealed class RunJournals(JobFence fence, LiveEvents live, TimeProvider time)
{
    /// <param name="steps">All nine, in order.</param>
    public RunJournal Open(JobRun work, IReadOnlyList<TrainingStep> steps) => new(fence, live, time, work, steps);
}
