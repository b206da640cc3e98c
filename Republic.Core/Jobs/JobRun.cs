namespace Republic.Core.Jobs;

/// <summary>A job while it is worked on. Telling progress is cheap: it is saved and published once in a while.</summary>
public sealed class JobRun
{
    private readonly JobSlots slots;
    private JobProgress last = new(0, null, null);

    internal JobRun(Job job, JobSlots slots) => (Job, this.slots) = (job, slots);

    public Job Job { get; }

    /// <summary>Writes of one start are made one after the other.</summary>
    internal SemaphoreSlim Writing { get; } = new(1, 1);

    internal JobProgress Last => Volatile.Read(ref last);

    /// <param name="progress">0 to 1.</param>
    /// <param name="phase">For people, e.g. "Finding near duplicates".</param>
    /// <param name="detail">JSON, or null.</param>
    public void Report(double progress, string phase, string? detail = null) =>
        Volatile.Write(ref last, new JobProgress(Math.Clamp(progress, 0, 1), phase, detail));

    /// <summary>
    /// Takes something that a node has one of, until <see cref="GiveBack"/> or the end. When another job has it, the work does not wait
    /// for it here but ends with <see cref="JobResult.WaitFor"/>.
    /// </summary>
    public bool TryTake(string what) => slots.TryTake(what, Job);

    /// <summary>Nothing that was taken is needed any more.</summary>
    public void GiveBack() => slots.GiveBack(Job);

    internal sealed record JobProgress(double Progress, string? Phase, string? Detail);
}
