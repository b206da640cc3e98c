using Republic.Core;
using Republic.Core.Llama.Files;

namespace Republic.Sprout.Dialogues;

/// <summary>The words of the answers that the model learns from, but for those that come from the prompt, such as names.</summary>
internal static class SproutWords
{
    /// <returns>In small letters, sorted.</returns>
    public static IReadOnlyList<string> Of(int dialogues)
    {
        var (maker, random) = (new DialogueMaker(Corpus.Shared), new SeededRandom(1));
        return
        [
            .. Enumerable
                .Range(0, dialogues)
                .SelectMany(_ => Learned(maker.Make(Mixture.Further, random)))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The words of a dialogue's answers that were not said before them.</summary>
    internal static IEnumerable<string> Learned(IReadOnlyList<Turn> dialogue)
    {
        HashSet<string> said = new(StringComparer.Ordinal);
        foreach (var turn in dialogue)
        {
            if (turn is { Role: Turn.Assistant, IsGiven: false })
            {
                foreach (
                    var word in ModelWords.In(turn.Text[turn.Opening.Length..^turn.Closing.Length]).Where(word => !said.Contains(word))
                )
                {
                    yield return word;
                }
            }

            said.UnionWith(ModelWords.In(turn.Text));
        }
    }
}
