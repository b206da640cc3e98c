namespace Republic.Core.Inference.Generation;

/// <summary>What a model has read and written since it was loaded. One thread writes, any reads.</summary>
internal sealed class GenerationFigures
{
    /// <summary>The share of the latest answer in the speed: the last ten or so count.</summary>
    private const double Weight = 0.2;

    private long promptTokens;
    private long cachedTokens;
    private double tokensPerSecond = double.NaN;

    public long PromptTokens => Interlocked.Read(ref promptTokens);

    public long CachedTokens => Interlocked.Read(ref cachedTokens);

    public double? TokensPerSecond => Volatile.Read(ref tokensPerSecond) is var speed && double.IsNaN(speed) ? null : speed;

    public void PromptRead(GenerationJob job)
    {
        Interlocked.Add(ref promptTokens, job.Prompt.Length);
        Interlocked.Add(ref cachedTokens, job.CachedTokens);
    }

    public void Finished(GenerationJob job)
    {
        // An answer of one token comes with the prompt and says nothing of the speed.
        if (job.AnswerTokens > 1 && job.AnswerTime > TimeSpan.Zero)
        {
            var latest = job.AnswerTokens / job.AnswerTime.TotalSeconds;
            var before = TokensPerSecond ?? latest;
            Volatile.Write(ref tokensPerSecond, before + (Weight * (latest - before)));
        }
    }
}
