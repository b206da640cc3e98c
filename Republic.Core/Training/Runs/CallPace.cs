namespace Republic.Core.Training.Runs;

/// <summary>
/// Tells how far a step is whose work is calls of models, and how much longer it takes: calls of the minion at the pace of its calls, and
/// those of a judge, which is another model, at the judge's.
/// </summary>
/// <param name="answers">Calls of the minion.</param>
/// <param name="grades">Calls of the judge, after all of those.</param>
internal sealed class CallPace(StepRun run, int answers, TimeProvider time, int grades = 0)
{
    private long last = time.GetTimestamp();
    private (int Done, TimeSpan Took) answered;
    private (int Done, TimeSpan Took) graded;

    public void Asked(int more = 1)
    {
        answered = (Math.Min(answered.Done + more, answers), answered.Took + Since());
        Tell();
    }

    public void Graded(int more)
    {
        graded = (Math.Min(graded.Done + more, grades), graded.Took + Since());
        Tell();
    }

    private TimeSpan Since()
    {
        var (before, now) = (last, time.GetTimestamp());
        last = now;
        return time.GetElapsedTime(before, now);
    }

    private void Tell()
    {
        var ofAnswers = Mean(answered) ?? Mean(graded) ?? TimeSpan.Zero;
        run.Remaining = (ofAnswers * (answers - answered.Done)) + ((Mean(graded) ?? ofAnswers) * (grades - graded.Done));
        run.Progress((double)(answered.Done + graded.Done) / (answers + grades));
    }

    private static TimeSpan? Mean((int Done, TimeSpan Took) calls) => calls.Done == 0 ? null : calls.Took / calls.Done;
}
