using System.Text;
using Republic.Core;

namespace Republic.Sprout.Dialogues;

/// <summary>Words that nobody has heard before, so that the model learns to copy a name and not to remember one.</summary>
internal static class Invention
{
    /// <summary>One to three syllables and often an ending: <c>lorimet</c>.</summary>
    public static string Word(SeededRandom random, WordLists lists)
    {
        var word = new StringBuilder();
        for (var syllables = random.Next(3) + 1; syllables > 0 || word.Length < 3; syllables--)
        {
            word.Append(lists.Draw("syllable", random));
        }

        return random.Next(3) > 0 ? word.Append(lists.Draw("ending", random)).ToString() : word.ToString();
    }

    /// <summary>Some from a list, some from the front of one and the back of another, most of them invented.</summary>
    public static string Name(SeededRandom random, WordLists lists, string list) =>
        random.Next(20) switch
        {
            < 4 => lists.Draw(list, random),
            < 10 => Spliced(random, lists),
            _ => Capitalised(Word(random, lists)),
        };

    public static string Subject(SeededRandom random, WordLists lists) =>
        random.Next(3) switch
        {
            0 => $"the {Word(random, lists)}",
            1 => $"a {Word(random, lists)}",
            _ => Capitalised(Word(random, lists)),
        };

    /// <summary>Words to say back, some of them real, in no order that could be guessed.</summary>
    public static string Words(SeededRandom random, WordLists lists, int most) =>
        string.Join(
            ' ',
            Enumerable
                .Range(0, random.Next(most) + 1)
                .Select(_ =>
                    random.Next(8) switch
                    {
                        0 => lists.Draw("noun", random),
                        1 => lists.Draw("verb", random),
                        2 => Naming.Draw(random, lists, "minion-name"),
                        3 or 4 or 5 => Naming.Draw(random, lists, "person"),
                        _ => Word(random, lists),
                    }
                )
        );

    public static string Capitalised(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Spliced(SeededRandom random, WordLists lists)
    {
        var front = lists.Draw(random.Next(2) == 0 ? "minion-name" : "person", random);
        var back = lists.Draw(random.Next(2) == 0 ? "minion-name" : "person", random);
        var kept = Math.Min(front.Length, 2 + random.Next(Math.Max(front.Length - 2, 1)));
        return front[..kept] + back[(1 + random.Next(Math.Max(back.Length - 2, 1)))..].ToLowerInvariant();
    }
}
