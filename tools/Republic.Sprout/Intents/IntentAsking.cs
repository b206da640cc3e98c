using Republic.Core.Answering.Intents;
using Republic.Core.Llama.Files;
using Republic.Sprout.Dialogues;
using Republic.Sprout.Exams;

namespace Republic.Sprout.Intents;

/// <summary>Asks a model as chats do: its answer counts where it belongs to what was asked (<see cref="IntentDecision"/>).</summary>
internal sealed class IntentAsking(Asking asking, ModelIntents intents, TextVectors vectors)
{
    public string Answer(IReadOnlyList<Turn> turns)
    {
        var message = turns[^1].Text;
        var texts = MessageText.Parts(message, name: null);
        var reading =
            texts.Count == 0
                ? new IntentDecision(intents.First(IntentDecision.Declined))
                : new IntentDecision(message, intents.Match(texts, [.. texts.Select(vectors.Of)]));
        var (asked, answer) = (reading.Before, "");
        if (asked is null)
        {
            answer = asking.Answer(turns);
            asked = reading.After(intents.IntentOf(answer));
        }

        foreach (var learned in asked?.Learned ?? [])
        {
            answer = asking.Answer([
                .. IntentDecision.NeedsHistory(asked!) ? turns.SkipLast(1) : turns.Where(turn => turn.Role == Turn.System),
                new Turn(Turn.User, learned),
            ]);
            if (intents.IntentOf(answer) == asked!.Intent)
            {
                break;
            }
        }

        return answer;
    }
}
