using Republic.Core.Answering.Intents;
using Republic.Sprout.Dialogues;
using Republic.Sprout.Making;

namespace Republic.Sprout.Exams;

/// <summary>Asks a model as chats do: its answer counts where it belongs to what was asked (<see cref="MessageReading"/>).</summary>
internal sealed class IntentAsking(Asking asking, ModelIntents intents, TextVectors vectors)
{
    public string Answer(IReadOnlyList<Turn> turns)
    {
        var message = turns[^1].Text;
        var texts = MessageText.Parts(message, name: null);
        var reading =
            texts.Count == 0
                ? new MessageReading(intents.First(MessageReading.Declined))
                : new MessageReading(message, intents.Match(texts, [.. texts.Select(vectors.Of)]));
        if (reading.Before is { } asked)
        {
            return Instead(asked);
        }

        var answer = asking.Answer(turns);
        return reading.After(intents.IntentOf(answer)) is { } again ? Instead(again) : answer;

        string Instead(IntentMatch asked) =>
            asking.Answer([
                .. MessageReading.NeedsHistory(asked) ? turns.SkipLast(1) : turns.Where(turn => turn.Role == Turn.System),
                new Turn(Turn.User, asked.Learned),
            ]);
    }
}
