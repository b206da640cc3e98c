using Republic.Core;
using Republic.Sprout.Dialogues;

namespace Republic.Sprout.Intents;

/// <summary>What people say, by intent, and what the model learned to answer to it.</summary>
internal static class SproutUtterances
{
    public const string Name = "Ada";

    private static readonly string[] OfIdentity = ["who", "hello", "i-am", "my-name"];

    // The more ways of saying it are there, the nearer is one to a message; of what is declined and told there is no end.
    private const int OfToldToOne = 4;
    private const int OfUnknownToOne = 12;

    /// <summary>The intents that are small talk, and no questions about Republic.</summary>
    public static IReadOnlyList<string> Talk { get; } =
    [
        .. CorpusFile.Sections("intents-talk").Select(section => section.Name),
        .. OfIdentity,
        "told",
        "asked",
        "misunderstood",
        "unknown",
        "human",
        "languages",
    ];

    /// <summary>Drawn from what the model learns from.</summary>
    /// <param name="each">The most utterances of an intent.</param>
    public static IReadOnlyList<(string Intent, string Text)> Learned(int each)
    {
        var corpus = Corpus.Shared;
        var (questions, random) = (new Questions(corpus), new SeededRandom(1));
        return
        [
            .. corpus.Intents.SelectMany(intent =>
                intent
                    .Exact.Select(question => (intent.Name, question))
                    .Concat(Drawn(intent.Name, each, words => questions.Question(intent, words)))
            ),
            .. OfIdentity.SelectMany(kind => Drawn(kind, each, words => Pick($"identity.{kind}", words))),
            .. Drawn("told", each * OfToldToOne, words => Pick("memory.told", words)),
            .. Drawn("asked", each * OfToldToOne, words => Pick("memory.asked", words)),
            .. Drawn("misunderstood", each, words => Pick("turns.misunderstood", words)),
            .. Drawn("unknown", each * OfUnknownToOne, questions.Unknown),
        ];

        IEnumerable<(string, string)> Drawn(string intent, int most, Func<WordChoice, string> draw) =>
            // Some patterns stand for little more than one utterance.
            Enumerable
                .Range(0, most * 2)
                .Select(_ => Invention.Capitalised(draw(Words())))
                .Distinct(StringComparer.Ordinal)
                .Take(most)
                .Select(text => (intent, text));

        WordChoice Words()
        {
            var words = new WordChoice(random, corpus.Lists).With("name", Name).With("character", Name);
            var fact = corpus["memory.fact"][random.Next(corpus["memory.fact"].Count)].Expand(new WordChoice(random, corpus.Lists));
            return words.With("fact", fact).With("Fact", Invention.Capitalised(fact));
        }

        string Pick(string name, WordChoice words) => corpus[name][random.Next(corpus[name].Count)].Expand(words);
    }

    /// <summary>Ways of saying it that the model never met; all that the lines of <c>utterances.txt</c> stand for.</summary>
    public static IReadOnlyList<(string Intent, string Text)> Further() =>
        [
            .. from section in CorpusFile.Sections("utterances")
            from pattern in section.Patterns()
            from text in pattern.All(_ => [])
            select (section.Name, Invention.Capitalised(text)),
        ];

    /// <summary>The answers to each intent, with slots for what they take from the prompt.</summary>
    public static IReadOnlyList<(string Intent, string Answer)> Answers()
    {
        (string File, string Section, string Intent)[] others =
        [
            ("identity", "who-say", "who"),
            ("identity", "hello-say", "hello"),
            ("identity", "i-am-say", "i-am"),
            ("identity", "my-name-known", "my-name"),
            ("identity", "my-name-unknown", "my-name"),
            ("memory", "told-say", "told"),
            ("memory", "asked-say", "asked"),
            ("turns", "misunderstood-say", "misunderstood"),
            ("turns", "rename-say", "i-am"),
            ("unknown", "say", "unknown"),
        ];
        return
        [
            .. from intent in Corpus.Shared.Intents from answer in intent.Answers select (intent.Name, answer),
            .. from other in others
            from line in CorpusFile.Sections(other.File).Single(section => section.Name == other.Section).Lines
            select (other.Intent, line),
        ];
    }
}
