using Republic.Core.Inference.Generation;

namespace Republic.Core.Inference.Http;

/// <summary>How long the answer took, named as llama-server names it; <c>prompt_n</c> counts the tokens really read.</summary>
internal sealed record AnswerTimings(
    double WaitMs,
    int PromptN,
    double PromptMs,
    int PredictedN,
    double PredictedMs,
    double PredictedPerSecond
)
{
    /// <param name="jobs">The answers to one prompt, written beside each other: the longest one's time counts.</param>
    public static AnswerTimings Of(IReadOnlyList<GenerationJob> jobs)
    {
        var job = jobs[0];
        var (tokens, time) = (jobs.Sum(one => one.Continued + one.AnswerTokens), jobs.Max(one => one.ContinuedTime + one.AnswerTime));
        return new(
            Math.Round(job.WaitTime.TotalMilliseconds, 3),
            job.Prompt.Length - job.CachedTokens,
            Math.Round(job.PromptTime.TotalMilliseconds, 3),
            tokens,
            Math.Round(time.TotalMilliseconds, 3),
            Math.Round(tokens / Math.Max(time.TotalSeconds, 1e-6), 2)
        );
    }
}
