using Republic.Core.Inference.Generation;

namespace Republic.Core.Inference.Http;

internal sealed record AnswerUsage(int PromptTokens, int CompletionTokens, int TotalTokens, CachedTokens PromptTokensDetails)
{
    public static AnswerUsage Of(GenerationJob job) =>
        new(job.Prompt.Length, job.AnswerTokens, job.Prompt.Length + job.AnswerTokens, new CachedTokens(job.CachedTokens));
}
