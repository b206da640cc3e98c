using Republic.Core.Answering.Traces;

namespace Republic.Core.Answering.Stages;

/// <summary>How much of a model's context passages may take: fewer of them rather than none.</summary>
internal sealed class ContextBudget(int characters)
{
    private const int AssumedContext = 8192;
    private const int AssumedAnswer = 1024;
    private const int Rules = 300;
    private const int Least = 600;

    // Rather too few: numbers, names and languages other than English take more tokens.
    private const int CharactersPerToken = 3;

    public static ContextBudget For(PipelineOrder order)
    {
        var context = order.Call.ContextLength ?? AssumedContext;
        var answer = Math.Min(order.Minion.MaxTokens ?? AssumedAnswer, context / 2);
        var free = ((context - answer - Rules) * CharactersPerToken) - order.Instructions.Length - order.Question.Length;
        // The other half is for what was said before.
        return new ContextBudget(Math.Max(free / 2, Least));
    }

    /// <summary>The first of them, numbered from 1.</summary>
    public IReadOnlyList<CitedPassage> Fit(IReadOnlyList<CitedPassage> found)
    {
        var left = characters;
        List<CitedPassage> passages = [];
        foreach (var passage in found)
        {
            if (passage.Text.Length > left && passages.Count > 0)
            {
                break;
            }

            passages.Add(passage with { Number = passages.Count + 1, Text = Cut(passage.Text, left) });
            left -= passage.Text.Length;
        }

        return passages;
    }

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = text.LastIndexOfAny(['.', '!', '?', '\n'], length - 1) + 1;
        end = end > length / 2 ? end : length;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)];
    }
}
