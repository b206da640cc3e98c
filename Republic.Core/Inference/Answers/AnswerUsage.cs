using Republic.Core.Inference.Generation;

namespace Republic.Core.Inference.Answers;

internal sealed record AnswerUsage(int PromptTokens, int CompletionTokens, int TotalTokens, CachedTokens PromptTokensDetails)
{
    /// <param name="jobs">The answers to one prompt, which counts once.</param>
    public static AnswerUsage Of(IReadOnlyList<GenerationJob> jobs)
    {
        var prompt = jobs[0].Prompt.Length - jobs[0].Continued;
        var answers = jobs.Sum(job => job.Continued + job.AnswerTokens);
        return new(prompt, answers, prompt + answers, new CachedTokens(Math.Min(jobs[0].CachedTokens, prompt)));
    }
}
