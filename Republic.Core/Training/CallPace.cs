namespace Republic.Core.Training;

/// <summary>Tells how far a step is whose work is calls of models, and how much longer it takes at the pace so far.</summary>
internal sealed class CallPace(StepRun run, int calls, TimeProvider time)
{
    private readonly long started = time.GetTimestamp();
    private int asked;

    public void Asked(int more = 1)
    {
        asked = Math.Min(asked + more, calls);
        run.Remaining = time.GetElapsedTime(started) / asked * (calls - asked);
        run.Progress((double)asked / calls);
    }
}
