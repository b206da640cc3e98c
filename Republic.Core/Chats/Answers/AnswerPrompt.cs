using Microsoft.Extensions.AI;
using Republic.Core.Answering;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Chats.Answers;

/// <summary>What a minion is asked: its character, and the turns of the branch up to the question.</summary>
internal sealed record AnswerPrompt(ModelRoute Route, ChatOptions Options, IReadOnlyList<ChatMessage> Turns, int Omitted)
{
    /// <summary>Of the minion, as it was read for this answer.</summary>
    public required int MinionVersion { get; init; }

    /// <summary>What is asked, for the stages that come before the model.</summary>
    public required PipelineOrder Order { get; init; }

    /// <summary>What those made of it; null before they have.</summary>
    public PreparedAnswer? Prepared { get; init; }

    public IEnumerable<ChatMessage> Messages => Merged(Asked.Skip(Omitted));

    private IEnumerable<ChatMessage> Asked =>
        Prepared is { Material: not null }
            ? [.. Turns.SkipLast(1), new ChatMessage(Turns[^1].Role, Prepared.Asked(Turns[^1].Text))]
            : Turns;

    public AnswerPrompt With(PreparedAnswer prepared)
    {
        var options = Options.Clone();
        options.Instructions = prepared.Instructions;
        return this with { Prepared = prepared, Options = options };
    }

    /// <summary>The number of turns that the model did not get, when so many of <see cref="Messages"/> were left out.</summary>
    public int OmittedWith(int messages)
    {
        var omitted = Omitted;
        for (var left = messages; left > 0 && omitted < Turns.Count; left--)
        {
            var role = Turns[omitted].Role;
            while (omitted < Turns.Count && Turns[omitted].Role == role)
            {
                omitted++;
            }
        }

        return omitted;
    }

    /// <summary>The same without its oldest half, or with fewer passages; null when the question alone is left.</summary>
    public AnswerPrompt? Shorter()
    {
        var left = Turns.Count - Omitted;
        if (left <= 1)
        {
            return Prepared?.Fewer() is { } fewer ? With(fewer) : null;
        }

        var omitted = Omitted + Math.Max(1, left / 2);
        // An answer whose question is gone would only confuse.
        while (omitted < Turns.Count - 1 && Turns[omitted].Role == ChatRole.Assistant)
        {
            omitted++;
        }

        return this with
        {
            Omitted = omitted,
        };
    }

    /// <summary>Two questions in a row happen where an answer failed, and many chat templates refuse them.</summary>
    private static IEnumerable<ChatMessage> Merged(IEnumerable<ChatMessage> turns)
    {
        ChatMessage? last = null;
        foreach (var turn in turns)
        {
            if (last is not null && last.Role == turn.Role)
            {
                last = new ChatMessage(last.Role, $"{last.Text}\n\n{turn.Text}");
                continue;
            }

            if (last is not null)
            {
                yield return last;
            }

            last = turn;
        }

        if (last is not null)
        {
            yield return last;
        }
    }
}
