using Republic.Core.Llama.Native;

namespace Republic.Core.Lora.Rows;

/// <summary>
/// Turns conversations into tokens with the marks of what is learned: each answer and the token that ends it. Up to every
/// answer the tokens are exactly those that the model host would put before the model when it asks for that answer.
/// </summary>
internal sealed class ChatExamples(LlamaModel model)
{
    /// <returns>One example; one for each answer where the whole does not read as its parts do. Empty when no way is exact.</returns>
    public IReadOnlyList<TrainingExample> Of(IReadOnlyList<ChatLine> lines)
    {
        var said = lines.Select(line => line with { Content = model.Defuse(line.Content) }).ToList();
        var answers = Enumerable.Range(0, said.Count).Where(i => said[i] is { Role: "assistant", Content.Length: > 0 }).ToList();
        return Whole(said, answers) is { } whole ? [whole] : [.. answers.Select(answer => Alone(said, answer)).OfType<TrainingExample>()];
    }

    private TrainingExample? Whole(List<ChatLine> said, List<int> answers)
    {
        var tokens = model.Tokenize(Text(said, answers[^1] + 1, asking: false));
        var learned = new bool[tokens.Length];
        foreach (var answer in answers)
        {
            var before = model.Tokenize(Text(said, answer, asking: true));
            var after = model.Tokenize(Text(said, answer + 1, asking: false));
            if (!tokens.AsSpan().StartsWith(before) || !tokens.AsSpan().StartsWith(after) || after.Length <= before.Length)
            {
                return null;
            }

            Mark(tokens, learned, before.Length, after.Length);
        }

        return Ended(tokens, learned);
    }

    /// <summary>
    /// Some templates leave out parts of earlier answers, and some tokenizers join an answer's first letters to what stands
    /// before it. The model host asks with the prompt's own tokens, so those come first, and the answer's behind them.
    /// </summary>
    private TrainingExample? Alone(List<ChatLine> said, int answer)
    {
        var (before, after) = (Text(said, answer, asking: true), Text(said, answer + 1, asking: false));
        if (!after.StartsWith(before, StringComparison.Ordinal) || after.Length == before.Length)
        {
            return null;
        }

        var prompt = model.Tokenize(before);
        int[] tokens = [.. prompt, .. model.Tokenize(after[before.Length..], begins: false)];
        var learned = new bool[tokens.Length];
        Mark(tokens, learned, prompt.Length, tokens.Length);
        return Ended(tokens, learned);
    }

    /// <summary>A few templates write nothing behind an answer. The model must still learn to stop there.</summary>
    private TrainingExample Ended(int[] tokens, bool[] learned) =>
        !learned[^1] || model.EndsGeneration(tokens[^1]) || model.EndToken is not { } end
            ? new TrainingExample(tokens, learned)
            : new TrainingExample([.. tokens, end], [.. learned, true]);

    /// <summary>Behind the token that ends an answer a template may put a line break, which no model is ever asked to say.</summary>
    private void Mark(int[] tokens, bool[] learned, int start, int end)
    {
        var last = Array.FindLastIndex(tokens, end - 1, end - start, model.EndsGeneration);
        learned.AsSpan(start, (last < 0 ? end : last + 1) - start).Fill(true);
    }

    private string Text(List<ChatLine> said, int count, bool asking) => ChatTemplate.Text(model, said[..count], asking);
}
