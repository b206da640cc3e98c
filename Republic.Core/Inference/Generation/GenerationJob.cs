using System.Diagnostics;
using System.Threading.Channels;
using Republic.Core.Llama.Native;
using Republic.Core.Llama.Native.Sampling;

namespace Republic.Core.Inference.Generation;

/// <summary>One answer to be written: what goes in, the pieces as they come, and the figures when it is done.</summary>
/// <param name="Prompt">The whole rendered conversation as tokens; at least one.</param>
/// <param name="MaxTokens">The most tokens of the answer; the context's end may come sooner.</param>
/// <param name="Adapters">What changes the model for this answer. The generator holds on to them from the job's start to its end.</param>
internal sealed record GenerationJob(
    int[] Prompt,
    int MaxTokens,
    SamplingSettings Sampling,
    IReadOnlyList<string> Stops,
    AdapterSet Adapters,
    CancellationToken Ct
)
{
    private readonly Channel<AnswerPiece> pieces = Channel.CreateUnbounded<AnswerPiece>(
        new()
        {
            SingleReader = true,
            SingleWriter = true,
            AllowSynchronousContinuations = false,
        }
    );

    private readonly TaskCompletionSource promptRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long created = Stopwatch.GetTimestamp();
    private long started;
    private long answering;

    /// <summary>One item per token that shows, or whose likelihood is wanted. Ends with the answer, or throws what stopped it.</summary>
    public ChannelReader<AnswerPiece> Pieces => pieces.Reader;

    /// <summary>Ends when the model has read the prompt, or never will.</summary>
    public Task Reading => promptRead.Task;

    /// <summary>What the answer is kept to; null: nothing.</summary>
    public AnswerConstraint? Constraint { get; init; }

    /// <summary>How many likely tokens are wanted in the place of each, besides the likelihood of the one chosen; null: no likelihoods.</summary>
    public int? Likelihoods { get; init; }

    /// <summary>The tokens of an answer that is there already, whose likelihoods alone are wanted.</summary>
    public int[]? Given { get; init; }

    /// <summary>How many tokens at the end of the prompt are the answer's own: another process wrote them before it died.</summary>
    public int Continued { get; init; }

    /// <summary>Those are all that it may have.</summary>
    public bool IsOver { get; init; }

    /// <summary>How long those took.</summary>
    public TimeSpan ContinuedTime { get; init; }

    public int CachedTokens { get; private set; }

    public int AnswerTokens { get; set; }

    /// <summary><c>stop</c> or <c>length</c>, once <see cref="Pieces"/> has ended.</summary>
    public string FinishReason { get; private set; } = "";

    public TimeSpan WaitTime { get; private set; }

    public TimeSpan PromptTime { get; private set; }

    public TimeSpan AnswerTime { get; private set; }

    public void Start(int cachedTokens)
    {
        CachedTokens = cachedTokens;
        started = Stopwatch.GetTimestamp();
        WaitTime = Stopwatch.GetElapsedTime(created, started);
    }

    public void PromptRead()
    {
        answering = Stopwatch.GetTimestamp();
        PromptTime = Stopwatch.GetElapsedTime(started, answering);
        promptRead.TrySetResult();
    }

    public void Emit(byte[] utf8, IReadOnlyList<TokenLikelihood> tokens)
    {
        if (utf8.Length > 0 || tokens.Count > 0)
        {
            pieces.Writer.TryWrite(new AnswerPiece(utf8, tokens));
        }
    }

    public void Finish(string reason)
    {
        FinishReason = reason;
        AnswerTime = Stopwatch.GetElapsedTime(answering);
        pieces.Writer.TryComplete();
    }

    /// <summary>Nothing more can be written.</summary>
    public void FinishUnread()
    {
        Start(0);
        PromptRead();
        Finish("length");
    }

    public void Fail(Exception reason)
    {
        pieces.Writer.TryComplete(reason);
        promptRead.TrySetResult();
    }
}
