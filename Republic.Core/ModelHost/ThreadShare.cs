namespace Republic.Core.ModelHost;

/// <summary>
/// How the threads that may compute are divided between answers and a training run. ggml's threads spin while they wait for
/// each other, so that more of them than cores make both many times slower than either.
/// </summary>
internal sealed record ThreadShare(int Answers, int Training)
{
    /// <summary>
    /// While a run works, answers have half of the threads and never more, so that they can begin at once; the run has the
    /// other half, and all while nobody is being answered.
    /// </summary>
    /// <param name="threads">All that may compute at once.</param>
    public static ThreadShare Of(int threads, bool training, bool answering) =>
        !training ? new(threads, 0)
        : answering ? new(Math.Max(1, threads / 2), Math.Max(1, threads - (threads / 2)))
        : new(Math.Max(1, threads / 2), threads);
}
