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
    public static AnswerTimings Of(GenerationJob job) =>
        new(
            Math.Round(job.WaitTime.TotalMilliseconds, 3),
            job.Prompt.Length - job.CachedTokens,
            Math.Round(job.PromptTime.TotalMilliseconds, 3),
            job.AnswerTokens,
            Math.Round(job.AnswerTime.TotalMilliseconds, 3),
            Math.Round(job.AnswerTokens / Math.Max(job.AnswerTime.TotalSeconds, 1e-6), 2)
        );
}
