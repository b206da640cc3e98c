using Republic.Core.Answering.Stages;
using Republic.Core.Answering.Traces;

namespace Republic.Core.Answering.Clients;

/// <summary>The parts of a prompt besides the turns: the character with the rules for the material, and the material itself.</summary>
public sealed record GroundedPrompt
{
    private readonly string character;
    private readonly string? draft;

    private GroundedPrompt(string character, string? draft) => (this.character, this.draft) = (character, draft);

    /// <summary>The character, and how to deal with the material.</summary>
    public required string Instructions { get; init; }

    /// <summary>Passages and draft between delimiters, to stand before the question; null where there are none.</summary>
    public string? Material { get; private init; }

    /// <summary>The stages so far; null where there is generation alone.</summary>
    public AnswerTrace? Trace { get; private init; }

    public IReadOnlyList<CitedPassage> Passages => Trace?.Passages ?? [];

    public string Asked(string question) => Material is null ? question : $"{Material}\n\n{question}";

    /// <summary>The findings of the other stages as an answer; null where they have none.</summary>
    /// <param name="reason">Why the model did not answer, for people.</param>
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

    /// <summary>This prompt with half of the passages; null where one or none is left.</summary>
    public GroundedPrompt? Fewer() =>
        Passages.Count < 2 ? null : Of(character, draft, Trace! with { Passages = [.. Passages.Take(Passages.Count / 2)] });

    internal static GroundedPrompt Plain(string character) => new(character, null) { Instructions = character };

    internal static GroundedPrompt Of(string character, string? draft, AnswerTrace trace)
    {
        var grounding = Grounding.Of(character, trace.Passages, draft);
        return new GroundedPrompt(character, draft)
        {
            Instructions = grounding.Instructions,
            Material = grounding.Material,
            Trace = trace,
        };
    }
}
