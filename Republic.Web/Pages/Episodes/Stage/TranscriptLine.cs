using Republic.Core.Episodes.Reading;
using Republic.Core.Scenarios;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Episodes.Stage;

/// <summary>A line of the transcript: a step, what came from outside, or the states that were entered between steps.</summary>
/// <param name="States">The states that were entered, the last of which is the one in which it went on; empty for a step or a message.</param>
/// <param name="Reason">Why the last of them was entered; null where it always is, and for whoever does not get to know conditions.</param>
public sealed record TranscriptLine(StepCard? Step, MessageCard? Message, IReadOnlyList<string> States, string? Reason = null)
{
    /// <summary>The lines of what is seen, what is under way last.</summary>
    public static IReadOnlyList<TranscriptLine> Of(EpisodePage page)
    {
        var lines = page
            .View.Steps.Where(step => page.Window.Later is not { } later || step.Seq < later)
            .Select(step => (step.IsOpen, step.Seq, Line: Of(step)))
            .Concat(page.View.Messages.Select(message => (IsOpen: false, message.Seq, Line: Of(message))))
            .OrderBy(line => line.IsOpen)
            .ThenBy(line => line.Seq);
        // Which condition held says what a role may not know, also where its outcome is hidden.
        var taken = new Queue<TakenTransition>(page.View.SeesAll && page.Query.As is null ? page.Window.Transitions : []);
        List<TranscriptLine> all = [];
        string? state = null;
        foreach (var (_, seq, line) in lines)
        {
            var entered = TakeUntil(taken, seq, page);
            if (entered is not null)
            {
                all.Add(entered);
                state = entered.States[^1];
            }

            if (line.Step is { } step && step.State != state)
            {
                all.Add(new(null, null, [step.State]));
                state = step.State;
            }

            all.Add(line);
        }

        if (TakeUntil(taken, long.MaxValue, page) is { } last)
        {
            all.Add(last);
        }

        return all;
    }

    private static TranscriptLine Of(StepCard step) => new(step, null, []);

    private static TranscriptLine Of(MessageCard message) => new(null, message, []);

    /// <summary>The transitions up to an entry as one line; the end of the episode is told apart.</summary>
    private static TranscriptLine? TakeUntil(Queue<TakenTransition> taken, long seq, EpisodePage page)
    {
        List<string> states = [];
        string? reason = null;
        while (taken.TryPeek(out var move) && move.Seq <= seq)
        {
            taken.Dequeue();
            if (page.View.Definition.State(move.To)?.Type != NodeType.End)
            {
                states.Add(move.To);
                reason = ReasonOf(move, page) ?? reason;
            }
        }

        return states.Count == 0 ? null : new(null, null, states, reason);
    }

    private static string? ReasonOf(TakenTransition move, EpisodePage page) =>
        page.View.Definition.State(move.From)?.Next.ElementAtOrDefault(move.Index) is not { } transition
            ? null
            : transition.Kind switch
            {
                TransitionKind.When => $"because {transition.Condition}",
                TransitionKind.Ask => $"“{transition.Condition}”: yes",
                TransitionKind.Manual => $"“{transition.Condition}” was chosen",
                TransitionKind.Else => "because nothing else held",
                _ => null,
            };
}
