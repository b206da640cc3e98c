using Republic.Core.Answering.Stages;
using Republic.Core.Answering.Traces;

namespace Republic.Core.Answering;

/// <summary>What is to be sent to the minion's own model, or the whole answer where no model is to be asked.</summary>
public sealed record PreparedAnswer
{
    private readonly string character = "";
    private readonly string? draft;

    private PreparedAnswer() { }

    private PreparedAnswer(string character, string? draft) => (this.character, this.draft) = (character, draft);

    /// <summary>The answer; null: the model is asked.</summary>
    public string? Text { get; private init; }

    /// <summary>What the model is told: its character, and how to deal with the material.</summary>
    public required string Instructions { get; init; }

    /// <summary>Stands before the question: passages and draft, fenced. Null where there are none.</summary>
    public string? Material { get; private init; }

    /// <summary>Its stages so far; null where there is generation alone.</summary>
    public AnswerTrace? Trace { get; private init; }

    public IReadOnlyList<CitedPassage> Passages => Trace?.Passages ?? [];

    public string Asked(string question) => Material is null ? question : $"{Material}\n\n{question}";

    /// <summary>What the other stages have to say where the model did not answer; null where they have nothing.</summary>
    /// <param name="reason">Why it did not, for people.</param>
    public string? WithoutModel(string reason)
    {
        List<string> parts =
        [
            $"My model did not answer: {reason}",
            .. draft is null ? Array.Empty<string>() : [$"This is the draft in my voice, which may be wrong in its facts:\n\n{draft}"],
            .. Passages.Count == 0 ? Array.Empty<string>() : [Quotes.From(Passages, Trace?.Find(StageName.Knowledge)?.Query ?? "")],
        ];
        return parts.Count > 1 ? string.Join("\n\n", parts) : null;
    }

    /// <summary>With half of the passages, for a model that could not hold them; null where one or none is left.</summary>
    public PreparedAnswer? Fewer() =>
        Passages.Count < 2 ? null : ToAsk(character, draft, Trace! with { Passages = [.. Passages.Take(Passages.Count / 2)] });

    internal static PreparedAnswer Plain(string character) => new() { Instructions = character };

    internal static PreparedAnswer Finished(string character, string text, AnswerTrace trace) =>
        new()
        {
            Instructions = character,
            Text = text,
            Trace = trace,
        };

    internal static PreparedAnswer ToAsk(string character, string? draft, AnswerTrace trace)
    {
        var grounding = Grounding.Of(character, trace.Passages, draft);
        return new PreparedAnswer(character, draft)
        {
            Instructions = grounding.Instructions,
            Material = grounding.Material,
            Trace = trace,
        };
    }
}
