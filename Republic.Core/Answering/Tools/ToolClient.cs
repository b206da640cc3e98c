using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Republic.Core.Answering.Clients;
using Republic.Core.Answering.Traces;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Answering.Tools;

/// <summary>
/// Offers tools to the model, and makes its calls, until it answers. Each call is written down before it is made and after. Where a person has to
/// approve one, the answer ends with <see cref="ToolWaitContent"/>, and another client goes on with the same rounds.
/// </summary>
internal sealed class ToolClient(IChatClient inner, AnswerContext context, ToolSession session, TimeProvider time, ILogger log)
    : DelegatingChatClient(inner)
{
    // A prompt that was too long is asked again, shorter, with the rounds that there were.
    private readonly ToolRounds rounds = new(session, time, log);
    private readonly UsageDetails usage = new();

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        List<ChatMessage> turns = [.. messages];
        await ResumeAsync(cancellationToken);
        while (true)
        {
            var answer = await AskAsync(turns, options, cancellationToken);
            Count(answer.Usage);
            List<FunctionCallContent> calls = [.. answer.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()];
            if (calls.Count == 0)
            {
                answer.Usage = usage;
                return answer;
            }

            await rounds.AddAsync(answer.Text, calls, cancellationToken);
            await RunAsync(cancellationToken);
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        List<ChatMessage> turns = [.. messages];
        await ResumeAsync(cancellationToken);
        if (rounds.All.Count > 0)
        {
            yield return Traced();
        }

        while (!rounds.IsWaiting)
        {
            var (text, calls) = (new StringBuilder(), new List<FunctionCallContent>());
            await foreach (var update in AskStreamAsync(turns, options, cancellationToken))
            {
                Take(update, calls);
                if (update.Text.Length > 0)
                {
                    if (text.Length == 0 && Separator(update.Text) is { Length: > 0 } separator)
                    {
                        text.Append(separator);
                        yield return new ChatResponseUpdate(ChatRole.Assistant, separator);
                    }

                    text.Append(update.Text);
                }

                yield return update;
            }

            if (calls.Count == 0)
            {
                break;
            }

            await rounds.AddAsync(text.ToString(), calls, cancellationToken);
            yield return Traced();
            foreach (var call in rounds.Open)
            {
                await RunAsync(call, cancellationToken);
                yield return Traced();
            }
        }

        yield return new ChatResponseUpdate { Contents = [new UsageContent(usage)] };
        if (rounds.IsWaiting)
        {
            yield return new ChatResponseUpdate { Contents = [new ToolWaitContent()] };
        }
    }

    /// <summary>Asks the model with the rounds so far. Where it cannot hold their results, it is asked again with shorter ones.</summary>
    private async Task<ChatResponse> AskAsync(IReadOnlyList<ChatMessage> turns, ChatOptions? options, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await InnerClient.GetResponseAsync(rounds.Messages(turns), rounds.Options(options), ct);
            }
            catch (ProviderException error) when (Shorten(error))
            {
                // There is less to be asked with now.
            }
        }
    }

    /// <inheritdoc cref="AskAsync"/>
    private async IAsyncEnumerable<ChatResponseUpdate> AskStreamAsync(
        IReadOnlyList<ChatMessage> turns,
        ChatOptions? options,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        for (var isAsked = false; !isAsked; )
        {
            isAsked = true;
            await using var updates = InnerClient
                .GetStreamingResponseAsync(rounds.Messages(turns), rounds.Options(options), ct)
                .GetAsyncEnumerator(ct);
            for (var hasBegun = false; ; hasBegun = true)
            {
                try
                {
                    if (!await updates.MoveNextAsync())
                    {
                        break;
                    }
                }
                catch (ProviderException error) when (!hasBegun && Shorten(error))
                {
                    isAsked = false;
                    break;
                }

                yield return updates.Current;
            }
        }
    }

    /// <summary>Results give way first: once an answer has words, none of the turns before it can be left out.</summary>
    private bool Shorten(ProviderException error) => error.Kind == ProviderErrorKind.ContextTooLong && rounds.Shorten();

    /// <summary>Makes the calls that a person approved while the answer waited.</summary>
    private async Task ResumeAsync(CancellationToken ct)
    {
        session.Begin(context.Trace?.Passages ?? []);
        // In an episode others spoke too.
        session.HasReadOthers |= context.Given.Any(memory => memory.IsOfEpisode);
        await RunAsync(ct);
    }

    private async Task RunAsync(CancellationToken ct)
    {
        foreach (var call in rounds.Open)
        {
            await RunAsync(call, ct);
        }
    }

    private async Task RunAsync(ToolCall call, CancellationToken ct)
    {
        await rounds.RunAsync(call, ct);
        if (context.Trace is null)
        {
            context.Begin();
        }

        context.Use([.. session.Passages]);
    }

    /// <summary>The calls are not the reader's, and neither is the reason why their round ends; tokens are told once, for all rounds.</summary>
    private void Take(ChatResponseUpdate update, List<FunctionCallContent> calls)
    {
        foreach (var content in update.Contents.ToList())
        {
            switch (content)
            {
                case FunctionCallContent call:
                    calls.Add(call);
                    update.Contents.Remove(content);
                    break;
                case TextContent said when said.Text.Contains('\0'):
                    // It is not kept, and the calls stand at offsets of what is.
                    said.Text = said.Text.Replace("\0", "", StringComparison.Ordinal);
                    break;
                case UsageContent counted:
                    Count(counted.Details);
                    update.Contents.Remove(content);
                    break;
            }
        }

        if (update.FinishReason == ChatFinishReason.ToolCalls)
        {
            update.FinishReason = null;
        }
    }

    private void Count(UsageDetails? counted)
    {
        if (counted is not null)
        {
            usage.Add(counted);
        }
    }

    /// <summary>Words after a call begin a paragraph of their own.</summary>
    private string Separator(string next)
    {
        var before = rounds.Text;
        return before.Length == 0 || before.EndsWith('\n') || next.StartsWith('\n') ? "" : "\n\n";
    }

    private ChatResponseUpdate Traced()
    {
        if (context.Trace is null)
        {
            context.Begin();
        }

        List<ToolCall> calls = [.. rounds.Calls];
        var made = calls.Count(call => call.Status is ToolCallStatus.Completed or ToolCallStatus.Failed);
        var asked = calls.Count(call => call.Status == ToolCallStatus.Pending);
        var ms = calls.Sum(call => call.EndedAt is { } end && call.BeganAt is { } began ? (end - began).TotalMilliseconds : 0);
        context.Add(
            new StageTrace(StageName.Tools, StageStatus.Done, DurationMs: ms)
            {
                Text = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{made} called{(asked > 0 ? $", {asked} asked" : "")}, of {ToolSession.MaxCalls}"
                ),
            }
        );
        return new ChatResponseUpdate { Contents = [new StageContent(context.Trace!)] };
    }
}
