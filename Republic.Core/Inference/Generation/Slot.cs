using System.Runtime.InteropServices;
using Republic.Core.Llama.Native;
using Republic.Core.Llama.Native.Sampling;

namespace Republic.Core.Inference.Generation;

/// <summary>One of the sequences that a context decodes together, and what its memory still holds from its last job.</summary>
internal sealed class Slot(int sequence) : IDisposable
{
    private const string Stop = "stop";
    private const string Length = "length";
    private readonly List<int> remembered = [];
    private SamplerChain? sampler;
    private AnswerText? text;
    private bool proven;

    public int Sequence => sequence;

    public GenerationJob? Job { get; private set; }

    /// <summary>When the slot was last given up, as a running number: the one free longest is overwritten first.</summary>
    public long FreedAt { get; private set; }

    /// <summary>What the remembered keys and values were computed with: of no use under any other adapters.</summary>
    public AdapterSet Adapters { get; private set; } = AdapterSet.None;

    /// <summary>When the slot was last in a batch, as a running number.</summary>
    public long SteppedAt { get; private set; }

    /// <summary>
    /// The memory may hold what is no number, and must be cleared before the next job: numbers went out of range, or an
    /// adapter's were never seen to stay in it.
    /// </summary>
    public bool Unsound { get; private set; }

    public bool Free => Job is null && !Unsound;

    public int NextToken { get; set; }

    /// <summary>Where the slot's logits are in the batch just decoded; -1 when it has none.</summary>
    public int LogitsAt { get; set; } = -1;

    public bool Answering => remembered.Count >= Job!.Prompt.Length;

    public int Position => remembered.Count;

    public IReadOnlyList<int> Remembered => remembered;

    /// <summary>What it remembers may be copied, also while it is at work: an adapter's numbers once they were seen to be sound.</summary>
    public bool CanGive => !Unsound && (Job is null || proven);

    /// <summary>How much of a prompt the memory already holds. The last token is always computed anew: it gives the logits.</summary>
    public int Known(GenerationJob job) =>
        Adapters.Equals(job.Adapters) ? CollectionsMarshal.AsSpan(remembered).CommonPrefixLength(job.Prompt.AsSpan()[..^1]) : 0;

    /// <summary>What reusing this slot for the job would save. Nothing, when it would lose more of another conversation.</summary>
    public int Saving(GenerationJob job)
    {
        var known = Known(job);
        return known * 2 >= remembered.Count ? known : 0;
    }

    /// <summary>The context's memory of this sequence was replaced.</summary>
    public void Become(AdapterSet adapters, IReadOnlyList<int> tokens)
    {
        Adapters = adapters;
        remembered.Clear();
        remembered.AddRange(tokens);
    }

    /// <summary>False when the job's adapters are not in memory any more.</summary>
    public bool TryBegin(GenerationJob job, LlamaModel model, LlamaContext context)
    {
        if (!job.Adapters.TryHold())
        {
            return false;
        }

        var kept = Known(job);
        kept = context.Forget(sequence, kept) ? kept : 0;
        remembered.RemoveRange(kept, remembered.Count - kept);
        Job = job;
        Adapters = job.Adapters;
        proven = Adapters.Equals(AdapterSet.None);
        sampler = new SamplerChain(job.Sampling, model);
        text = new AnswerText(job.Stops);
        job.Start(kept);
        return true;
    }

    /// <summary>Puts what this slot needs next into the batch: its latest token, or a stretch of its prompt.</summary>
    public void Fill(TokenBatch batch, int promptLimit, long step)
    {
        SteppedAt = step;
        if (Answering)
        {
            LogitsAt = Add(batch, NextToken, logits: true);
            return;
        }

        var prompt = Job!.Prompt;
        for (var left = Math.Min(batch.Left, promptLimit); left > 0 && Position < prompt.Length; left--)
        {
            var last = Position == prompt.Length - 1;
            var index = Add(batch, prompt[Position], last);
            LogitsAt = last ? index : -1;
        }
    }

    /// <summary>Whether what was just computed is numbers.</summary>
    public bool IsSound(LlamaContext context)
    {
        var sound = context.HasSoundLogits(LogitsAt);
        (proven, Unsound) = (proven || sound, !sound);
        return sound;
    }

    /// <summary>Chooses the next token and shows its text. Returns why the answer ends here, or null.</summary>
    public string? Advance(LlamaModel model, LlamaContext context)
    {
        var job = Job!;
        if (job.AnswerTokens == 0)
        {
            job.PromptRead();
        }

        // The context has to take each token but the last.
        var left = Math.Min(job.MaxTokens - job.AnswerTokens, context.LengthPerSequence - Position + 1);
        NextToken =
            job.Given is { } given ? given[job.AnswerTokens]
            : job.Constraint is { } constraint ? constraint.Choose(sampler!, context.Logits(LogitsAt), left)
            : sampler!.Sample(context, LogitsAt);
        if (job.Given is null && model.EndsGeneration(NextToken))
        {
            job.Emit(text!.Flush(), []);
            return job.Constraint?.IsCutShort == true ? Length : Stop;
        }

        job.AnswerTokens++;
        Span<byte> piece = stackalloc byte[512];
        // Where calls may be made, what marks them is text, also where the model has a token of its own for it.
        var bytes = job.Constraint is null ? piece[..model.Piece(NextToken, piece)] : model.Tokens.BytesOf(NextToken);
        job.Emit(text!.Append(bytes), Likelihood(job, model, context));
        if (text.Stopped)
        {
            return Stop;
        }

        var isComplete = job.Constraint?.IsComplete == true || job.AnswerTokens == job.Given?.Length;
        if (!isComplete && left > 1)
        {
            return null;
        }

        job.Emit(text.Flush(), []);
        return isComplete && job.Constraint?.IsCutShort != true ? Stop : Length;
    }

    private IReadOnlyList<TokenLikelihood> Likelihood(GenerationJob job, LlamaModel model, LlamaContext context) =>
        job.Likelihoods is { } most
            ? [TokenLikelihood.Of(context.Logits(LogitsAt), NextToken, most, token => model.Tokens.BytesOf(token).ToArray())]
            : [];

    /// <param name="intact">False when it is not known what the context's memory holds now.</param>
    public void Release(long now, bool intact, LlamaContext context)
    {
        if (!intact)
        {
            remembered.Clear();
            context.Forget(sequence, 0);
        }

        Unsound |= !proven;
        sampler?.Dispose();
        sampler = null;
        text = null;
        Job?.Adapters.Release();
        Job = null;
        FreedAt = now;
    }

    /// <summary>The context's memory was cleared.</summary>
    public void Forget()
    {
        remembered.Clear();
        Unsound = false;
    }

    public void Dispose() => sampler?.Dispose();

    private int Add(TokenBatch batch, int token, bool logits)
    {
        var index = batch.Add(token, Position, sequence, logits);
        remembered.Add(token);
        return index;
    }
}
