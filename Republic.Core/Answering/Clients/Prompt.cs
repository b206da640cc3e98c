using Microsoft.Extensions.AI;

namespace Republic.Core.Answering.Clients;

/// <summary>A prompt: the turns up to the question, less the oldest that the model could not hold, with the character and the material.</summary>
internal sealed record Prompt
{
    private readonly IReadOnlyList<ChatMessage> turns;
    private readonly int omitted;

    public Prompt(IReadOnlyList<ChatMessage> turns, ChatOptions options, int omitted, GroundedPrompt grounded)
    {
        (this.turns, this.omitted, Grounded) = (turns, omitted, grounded);
        Options = options.Clone();
        Options.Instructions = grounded.Instructions;
        Options.SetGrounded(grounded);
    }

    public GroundedPrompt Grounded { get; }

    public ChatOptions Options { get; }

    public IEnumerable<ChatMessage> Messages => Merged(Asked.Skip(omitted));

    private IEnumerable<ChatMessage> Asked =>
        Grounded.Material is null ? turns : [.. turns.SkipLast(1), new ChatMessage(turns[^1].Role, Grounded.Asked(turns[^1].Text))];

    /// <summary>The number of turns that the model did not get, when so many of <see cref="Messages"/> were left out on its route.</summary>
    public int OmittedWith(int messages)
    {
        var count = omitted;
        for (var left = messages; left > 0 && count < turns.Count; left--)
        {
            var role = turns[count].Role;
            while (count < turns.Count && turns[count].Role == role)
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>This prompt without its oldest half, or with fewer passages; null when the question alone is left.</summary>
    public Prompt? Shorter()
    {
        var left = turns.Count - omitted;
        if (left <= 1)
        {
            return Grounded.Fewer() is { } fewer ? new Prompt(turns, Options, omitted, fewer) : null;
        }

        var next = omitted + Math.Max(1, left / 2);
        // An answer whose question is gone would only confuse.
        while (next < turns.Count - 1 && turns[next].Role == ChatRole.Assistant)
        {
            next++;
        }

        return new Prompt(turns, Options, next, Grounded);
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
