namespace Republic.Sprout.Dialogues;

/// <summary>A way of speaking that a system prompt can ask for: what is told, and what stands around an answer.</summary>
internal sealed record Manner(Pattern Told, Pattern Before, Pattern After)
{
    public static Manner Read(CorpusSection section)
    {
        Pattern The(string word) =>
            Pattern.Parse(
                section.Lines.Find(line => line.StartsWith(word + ' ', StringComparison.Ordinal))?[(word.Length + 1)..]
                    ?? throw new FormatException($"The manner {section.Name} has no {word}.")
            );
        return new Manner(The("told"), The("before"), The("after"));
    }
}
