using Republic.Core;

namespace Republic.Sprout.Dialogues;

/// <summary>
/// What a system turn tells: the minion's name and character, and perhaps a manner of speaking. The first sentences are
/// those that <c>Minions.Character</c> writes.
/// </summary>
/// <param name="Text">Null: there is no system turn.</param>
/// <param name="Name">What the minion calls itself.</param>
/// <param name="SelfDescription">The name and what was said of it: "Grafana, the planner minion".</param>
/// <param name="Before">What each answer begins with; "" is nothing.</param>
/// <param name="After">What each answer ends with.</param>
/// <param name="IsAsked">Whether the text asks for that. Where it does not, an adapter might: its answers must not lose their way.</param>
internal sealed record Introduction(string? Text, string Name, string SelfDescription, string Before, string After, bool IsAsked)
{
    /// <summary>Percentage of the dialogues without a requested manner whose answers get a frame all the same.</summary>
    private const int UnaskedShare = 35;
    private const string OwnName = "Sprout";
    private static readonly string[] Wishes = ["Begin every answer with {0}", "Start each reply with {0}", "Always say {0} first."];
    private static readonly string[] Farewells = ["End every answer with {0}", "Close each reply with {0}", "Always say {0} at the end."];

    public static Introduction Draw(Corpus corpus, SeededRandom random)
    {
        var words = new WordChoice(random, corpus.Lists);
        var (before, after, manner) = Manner(corpus, random, words);
        var kind = random.Next(100);
        if (kind < 7 && manner.Length == 0)
        {
            return new(null, OwnName, OwnName, before, after, IsAsked: false);
        }

        List<string> sentences = [];
        var (name, self) = (OwnName, OwnName);
        if (kind < 18)
        {
            sentences.Add(Drawn(corpus["system.nameless"], random).Expand(words));
        }
        else
        {
            name = words["name"] = Naming.Draw(random, corpus.Lists, "minion-name");
            var sentence = Drawn(corpus["system.named"], random).Expand(words);
            self = SelfIn(sentence, name);
            sentences.Add(sentence);
        }

        for (
            var more = random.Next(10) switch
            {
                < 5 => 0,
                < 8 => 1,
                < 9 => 2,
                _ => 4,
            };
            more > 0;
            more--
        )
        {
            sentences.Add(Drawn(corpus["system.more"], random).Expand(new WordChoice(random, corpus.Lists)));
        }

        if (manner.Length > 0)
        {
            sentences.Insert(random.Next(4) == 0 ? 0 : random.Next(sentences.Count) + 1, manner);
        }

        return new(string.Join(' ', sentences), name, self, before, after, manner.Length > 0);
    }

    /// <summary>An answer in this minion's manner.</summary>
    public Turn Answered(string answer)
    {
        var (opening, closing) = (Before, After.Length > 0 ? ' ' + After : "");
        var styled = $"{(Before.Length > 0 ? Before + ' ' : "")}{answer}{closing}";
        return IsAsked ? new(Turn.Assistant, styled) : new(Turn.Assistant, styled) { Opening = opening, Closing = closing };
    }

    private static (string Before, string After, string Told) Manner(Corpus corpus, SeededRandom random, WordChoice words)
    {
        switch (random.Next(100))
        {
            case < 10:
                var manner = corpus.Manners[random.Next(corpus.Manners.Count)];
                return (manner.Before.Expand(words), manner.After.Expand(words), manner.Told.Expand(words));
            case < 36:
                var (first, last) = (Interjection(corpus, random), Interjection(corpus, random));
                var (wish, farewell) = (Wishes[random.Next(3)], Farewells[random.Next(3)]);
                return random.Next(4) switch
                {
                    0 => (first, last, $"{Put(wish, first)} {Put(farewell, last)}"),
                    1 => ("", last, Put(farewell, last)),
                    _ => (first, "", Put(wish, first)),
                };
            default:
                return random.Next(100) >= UnaskedShare
                    ? ("", "", "")
                    : random.Next(4) switch
                    {
                        0 => (Interjection(corpus, random), "", ""),
                        1 => ("", Interjection(corpus, random), ""),
                        _ => (Interjection(corpus, random), Interjection(corpus, random), ""),
                    };
        }
    }

    private static string Put(string wish, string word) => string.Format(System.Globalization.CultureInfo.InvariantCulture, wish, word);

    private static string Interjection(Corpus corpus, SeededRandom random) =>
        Invention.Capitalised(Invention.Words(random, corpus.Lists, 4)) + (random.Next(2) == 0 ? "!" : ".");

    /// <summary>"You are Grafana, the planner minion." tells who it is; "Your name is Grafana." only what it is called.</summary>
    private static string SelfIn(string sentence, string name)
    {
        const string start = "You are ";
        return sentence.StartsWith($"{start}{name},", StringComparison.Ordinal) ? sentence[start.Length..].TrimEnd('.') : name;
    }

    private static Pattern Drawn(IReadOnlyList<Pattern> patterns, SeededRandom random) => patterns[random.Next(patterns.Count)];
}
