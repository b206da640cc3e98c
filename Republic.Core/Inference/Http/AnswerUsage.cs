using Republic.Core.Inference.Generation;

namespace Republic.Core.Inference.Http;

internal sealed record AnswerUsage(int PromptTokens, int CompletionTokens, int TotalTokens, CachedTokens PromptTokensDetails)
{
    public static AnswerUsage Of(GenerationJob job)
    {
        var prompt = job.Prompt.Length - job.Continued;
        return new(
            prompt,
            job.Continued + job.AnswerTokens,
            job.Prompt.Length + job.AnswerTokens,
            new CachedTokens(Math.Min(job.CachedTokens, prompt))
        );
    }
}
