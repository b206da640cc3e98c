using Republic.Core;
using Republic.Sprout.Dialogues;

namespace Republic.Sprout.Making;

/// <summary>Dialogues to read, as the model meets them.</summary>
public static class SproutSample
{
    public static IEnumerable<string> Lines(int dialogues)
    {
        var (maker, random) = (new DialogueMaker(Corpus.Shared), new SeededRandom(1));
        return Enumerable
            .Range(0, dialogues)
            .SelectMany(_ => maker.Make(Mixture.Usual, random).Select(turn => $"{turn.Role, -9} {turn.Text}").Append(""));
    }
}
