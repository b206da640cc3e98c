namespace Republic.Core.Inference.Supervision;

/// <summary>
/// How often a request is sent again. Ends over another's model do not count, however many they are. Ends over its own, or over nobody
/// knows what, count since its last word: a file that crashed is refused by the next child, but want of memory can end child after child, and
/// so does whatever the system kills it for. With nothing else in memory it may well fit, so that it gets one more try.
/// </summary>
internal sealed class ResendPolicy(KeptRequest kept)
{
    private const int MostEnds = 3;
    private const int MostEndsUnderSuspicion = 1;
    private const int MostEndsOfAnAnswer = 10;
    private int ends;
    private int allEnds;

    /// <summary>It is sent again for what is no fault of its own, and may wait until the next child can take it.</summary>
    public bool MayWait { get; private set; }

    /// <param name="hasProgressed">Words of the answer were passed on since the request was sent last.</param>
    public bool Allows(ModelHostEnd end, bool hasProgressed)
    {
        var isOver = end.Over is null || kept.Asks(end.Over);
        var isSuspect = end.Kind == ModelHostEndKind.OutOfMemory;
        ends = hasProgressed ? 0 : ends;
        MayWait = !isOver || !isSuspect || hasProgressed;
        return !isOver || (++allEnds <= MostEndsOfAnAnswer && ++ends <= (isSuspect ? MostEndsUnderSuspicion : MostEnds));
    }
}
