using Republic.Core.Lora.Rows;
using Republic.Sprout.Making;

namespace Republic.Sprout.Dialogues;

/// <summary>Dialogues in the ChatML form that the model's own chat template writes.</summary>
internal static class ChatText
{
    public const string End = "<|endoftext|>";
    public const string TurnStart = "<|im_start|>";
    public const string TurnEnd = "<|im_end|>";

    /// <summary>Jinja, as <c>tokenizer.chat_template</c> holds it.</summary>
    public const string Template =
        "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    /// <summary>Tokens with the loss on what the model says, its end included.</summary>
    public static TrainingExample Example(IReadOnlyList<Turn> turns, Vocabulary vocabulary)
    {
        var (tokens, learned) = (new List<int>(), new List<bool>());
        void Add(IEnumerable<int> more, bool isLearned)
        {
            foreach (var token in more)
            {
                tokens.Add(token);
                learned.Add(isLearned);
            }
        }

        foreach (var turn in turns)
        {
            Add([Vocabulary.TurnStart, .. vocabulary.Encode($"{turn.Role}\n")], false);
            var isLearned = turn is { Role: Turn.Assistant, IsGiven: false };
            Add(vocabulary.Encode(turn.Opening), false);
            Add(vocabulary.Encode(turn.Text[turn.Opening.Length..^turn.Closing.Length]), isLearned);
            Add(vocabulary.Encode(turn.Closing), false);
            Add([Vocabulary.TurnEnd], isLearned);
            Add(vocabulary.Encode("\n"), false);
        }

        return new TrainingExample([.. tokens], [.. learned]);
    }
}
