namespace Republic.Core.Host;

/// <summary>
/// How the threads that may compute are divided between answers and a training run. ggml's threads spin while they wait for
/// each other, so that more of them than cores make both many times slower than either.
/// </summary>
internal sealed record ThreadShare(int Answers, int Training)
{
    /// <summary>
    /// While a run works, answers have half of the threads, so that they can begin at once, or what the run is not worth; the
    /// run has the others, and all while nobody is being answered.
    /// </summary>
    /// <param name="threads">All that may compute at once.</param>
    /// <param name="training">How many the run is worth; 0 while there is none.</param>
    public static ThreadShare Of(int threads, int training, bool answering)
    {
        var answers = Math.Max(1, Math.Max(threads / 2, threads - training));
        return new(answers, Math.Min(training, answering ? Math.Max(1, threads - answers) : threads));
    }
}
