namespace Republic.Sprout.Dialogues;

internal sealed record CorpusSection(string Name, List<string> Lines)
{
    public IReadOnlyList<Pattern> Patterns() => [.. Lines.Select(Pattern.Parse)];
}
