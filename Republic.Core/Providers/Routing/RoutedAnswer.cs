using Republic.Core.Providers.Caching;
using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Routing;

/// <summary>
/// An answer that has begun: whole, or as the frames of a stream of which the first word is there. Dispose it; that ends the call
/// upstream and writes down what it took.
/// </summary>
public sealed class RoutedAnswer : IAsyncDisposable
{
    private readonly AnswerFrames? frames;
    private readonly ReadOnlyMemory<byte> whole;
    private AttemptScope? attempt;
    private RouteLog? recalled;
    private AnswerRecording? recording;
    private double? firstToken;
    private ProviderException? failure;
    private bool isAtEnd;

    private RoutedAnswer(ModelTarget target, AnswerFrames? frames, ReadOnlyMemory<byte> whole, TokenCounts? tokens) =>
        (Target, this.frames, this.whole, Tokens, isAtEnd) = (target, frames, whole, tokens, frames is null);

    public ModelTarget Target { get; }

    /// <summary>It is remembered from before: nobody was asked.</summary>
    public bool IsRecalled => recalled is not null;

    public bool IsStream => frames is not null;

    /// <summary>The stream said its end with the lines that were given last.</summary>
    public bool IsEnding => frames is { IsEnding: true };

    /// <summary>Frames of the stream so far.</summary>
    public int Pieces => frames?.Pieces ?? 0;

    /// <summary>The answer's JSON; nothing for a stream.</summary>
    public ReadOnlyMemory<byte> Whole => whole;

    /// <summary>As far as the provider has counted yet.</summary>
    public TokenCounts? Tokens { get; private set; }

    /// <summary>What it cost; for a stream, once its end is there.</summary>
    public Bill Bill => attempt is null ? Bill.Nothing : attempt.BillFor(Tokens);

    /// <summary>How it went so far; complete once the answer is disposed.</summary>
    public RouteReceipt Receipt => recalled?.Receipt ?? attempt!.Receipt;

    /// <summary>The truncation of a conversation that was too long for a local model; null where there was none.</summary>
    public HistoryFit? History => recalled is null ? attempt!.History : recalled.Receipt.Answer?.History;

    /// <summary>How many models were asked for it.</summary>
    public int Sent => recalled is null ? attempt!.Sent : 0;

    internal static RoutedAnswer Of(ModelTarget target, AnswerFrames frames) => new(target, frames, default, null);

    internal static RoutedAnswer Of(ModelTarget target, ReadOnlyMemory<byte> whole) =>
        new(target, null, whole, OpenAiUsage.Read(whole.Span));

    internal static RoutedAnswer Recalled(ModelTarget target, ReadOnlyMemory<byte> whole, RouteLog log) =>
        new(target, null, whole, OpenAiUsage.Read(whole.Span)) { recalled = log };

    /// <summary>The next whole lines of the stream, as the bytes they came as, valid until the next call; empty at the end.</summary>
    /// <exception cref="ProviderException">The stream broke off, or is none.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken ct)
    {
        if (frames is null)
        {
            return default;
        }

        try
        {
            var lines = await frames.NextAsync(ct);
            isAtEnd = lines.IsEmpty;
            Tokens = isAtEnd ? frames.Tokens : null;
            Record(lines);
            return lines;
        }
        catch (ProviderException error)
        {
            failure = error;
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (frames is not null)
        {
            Tokens = frames.Tokens;
            await frames.DisposeAsync();
        }

        var outcome =
            failure is not null ? RouteOutcome.BrokeOff
            : isAtEnd ? RouteOutcome.Answered
            : RouteOutcome.Cancelled;
        attempt?.Ended(outcome, firstToken, Tokens, failure);
    }

    /// <summary>A whole answer is heard at once, so that it is remembered when its caller has it.</summary>
    internal void RecordTo(AnswerRecording record)
    {
        recording = record;
        if (frames is null)
        {
            record.Keep(Target, whole);
        }
    }

    private void Record(ReadOnlyMemory<byte> lines)
    {
        if (recording is null)
        {
            return;
        }

        if (isAtEnd)
        {
            recording.Keep(Target);
        }
        else
        {
            recording.Add(lines);
        }
    }

    /// <summary>Its end is that of the attempt.</summary>
    internal void Follow(AttemptScope scope)
    {
        (attempt, firstToken) = (scope, IsStream ? scope.Elapsed : null);
        scope.Begun(frames?.First ?? whole, IsStream);
    }
}
