using Republic.Core.Llama.Files;
using Republic.Sprout.Dialogues;

namespace Republic.Sprout.Exams;

/// <summary>Counts the answers with words that are neither among those of a model nor in its prompt.</summary>
internal sealed class MadeUpWordCounter(ModelWords? words)
{
    private int answers;
    private int madeUp;

    /// <returns>The made-up words of the answer.</returns>
    public IReadOnlyList<string> Add(IEnumerable<Turn> prompt, string answer)
    {
        IReadOnlyList<string> found = words?.MadeUp(answer, prompt.Select(turn => turn.Text)) ?? [];
        answers++;
        madeUp += found.Count > 0 ? 1 : 0;
        return found;
    }

    public override string ToString() =>
        words is null ? "The model has no file with its words." : $"{madeUp} of {answers} answers have made-up words.";
}
