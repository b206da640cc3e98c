namespace Republic.Sprout.Dialogues;

/// <summary>Questions in the words of many people, before any slip of the keyboard.</summary>
internal sealed class Questions(Corpus corpus)
{
    private const int FrameShare = 45;
    private const int DoingShare = 35;
    private readonly double[] cumulative = Cumulated(corpus.Intents);

    /// <summary>An intent by its weight, and a question for it.</summary>
    public (Intent Intent, string Question) About(WordChoice words)
    {
        var random = words.Random;
        var at = Array.BinarySearch(cumulative, random.NextDouble() * cumulative[^1]);
        var intent = corpus.Intents[Math.Min(at < 0 ? ~at : at, corpus.Intents.Count - 1)];
        return (intent, Question(intent, words));
    }

    public (Intent Intent, string Question) WordForWord(WordChoice words) => corpus.Canon[words.Random.Next(corpus.Canon.Count)];

    public string Question(Intent intent, WordChoice words)
    {
        var random = words.Random;
        var framed = intent.Things.Count + intent.Deeds.Count;
        if (framed > 0 && (intent.Questions.Count == 0 || random.Next(100) < FrameShare))
        {
            var at = random.Next(framed);
            return at < intent.Things.Count
                ? Framed("frames.about", intent.Things[at], words)
                : Done(intent.Deeds[at - intent.Things.Count], words);
        }

        return Invention.Capitalised(Drawn(intent.Questions, words).Expand(words));
    }

    /// <summary>Something that Sprout has never heard of, often in the very frames of what it knows.</summary>
    public string Unknown(WordChoice words)
    {
        if (words.Random.Next(100) < 25)
        {
            words["x"] = words["subject"];
            return Invention.Capitalised(Drawn(corpus["frames.about"], words).Expand(words));
        }

        return Invention.Capitalised(Drawn(corpus[words.Random.Next(4) == 0 ? "unknown.about" : "unknown.more"], words).Expand(words));
    }

    /// <summary>Whether an intent's own patterns can make a question, spaces and punctuation aside.</summary>
    public bool CanMake(Intent intent, string question)
    {
        bool Framed(string frames, Pattern inner, Func<string, string>? form = null) =>
            inner.All(Listed).Select(form ?? (text => text)).ToArray() is var forms
            && corpus[frames].Any(frame => frame.Makes(question, slot => slot == "x" ? forms : Listed(slot)));
        return intent.Exact.Any(exact => Pattern.Bare(exact) == Pattern.Bare(question))
            || intent.Questions.Any(pattern => pattern.Makes(question, Listed))
            || intent.Things.Any(thing => Framed("frames.about", thing))
            || intent.Deeds.Any(deed => Framed("frames.do", deed) || Framed("frames.doing", deed, Gerund.Of));
    }

    /// <summary>The same for a question that is declined; subjects that are invented are left out of account.</summary>
    public bool CanMakeUnknown(string question) =>
        corpus["frames.about"].Any(frame => frame.Makes(question, slot => slot == "x" ? corpus.Lists["subject"] : Listed(slot)))
        || corpus["unknown.about"].Concat(corpus["unknown.more"]).Any(pattern => pattern.Makes(question, Listed));

    private IEnumerable<string> Listed(string slot) => corpus.Lists.Has(slot.TrimEnd('2')) ? corpus.Lists[slot.TrimEnd('2')] : [];

    private string Framed(string frames, Pattern inner, WordChoice words)
    {
        words["x"] = inner.Expand(words);
        return Invention.Capitalised(Drawn(corpus[frames], words).Expand(words));
    }

    private string Done(Pattern deed, WordChoice words)
    {
        if (words.Random.Next(100) >= DoingShare)
        {
            return Framed("frames.do", deed, words);
        }

        words["x"] = Gerund.Of(deed.Expand(words));
        return Invention.Capitalised(Drawn(corpus["frames.doing"], words).Expand(words));
    }

    private static Pattern Drawn(IReadOnlyList<Pattern> patterns, WordChoice words) => patterns[words.Random.Next(patterns.Count)];

    private static double[] Cumulated(IReadOnlyList<Intent> intents)
    {
        var sum = 0.0;
        return [.. intents.Select(intent => sum += intent.Weight)];
    }
}
