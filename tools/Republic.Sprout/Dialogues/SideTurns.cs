using Republic.Core;

namespace Republic.Sprout.Dialogues;

/// <summary>Draws what is said besides questions: what a person tells of themselves, what Republic answers about remembering, and corrections.</summary>
internal sealed class SideTurns(Corpus corpus)
{
    private const string Answered = " => ";
    private const int Meant = 7;
    private const int ChangeOfSubject = 8;

    /// <summary>An order or a question that Republic answers by itself: the model finds both in its history and learns neither.</summary>
    public Exchange Settled(WordChoice words)
    {
        var parts = Pick("memory.settled", WithFacts(words)).Split(Answered);
        return new Exchange(parts[0], parts[1].Replace("\\n", "\n", StringComparison.Ordinal)) { IsGiven = true };
    }

    /// <summary>What a person tells of themselves, or asks of themselves: the answer says how it would be kept.</summary>
    public Exchange Told(WordChoice words)
    {
        WithFacts(words);
        var kind = words.Random.Next(10) switch
        {
            < 1 => "order",
            < 3 => "asked",
            _ => "told",
        };
        return new Exchange(Pick($"memory.{kind}", words), Pick($"memory.{kind}-say", words));
    }

    public Exchange Misunderstood(WordChoice words) => new(Pick("turns.misunderstood", words), Pick("turns.misunderstood-say", words));

    /// <summary>The person corrects the name that they gave.</summary>
    public Exchange Renamed(WordChoice words, string before)
    {
        words.With("person2", before).With("person", Naming.Draw(words.Random, corpus.Lists, "person"));
        return new Exchange(Pick("turns.rename", words), Pick("turns.rename-say", words));
    }

    /// <summary>A question in the middle of a chat: some correct what was understood, some change the subject.</summary>
    public string Later(string question, SeededRandom random)
    {
        var kind = random.Next(100);
        var frames = kind switch
        {
            < Meant => "turns.meant",
            < Meant + ChangeOfSubject => "turns.subject",
            _ => null,
        };
        if (frames is null)
        {
            return question;
        }

        var words = new WordChoice(random, corpus.Lists).With("x", question);
        return Pick(frames, words);
    }

    /// <summary>Whether its patterns can make what somebody tells, spaces and punctuation aside.</summary>
    public bool CanTell(string told)
    {
        IEnumerable<string> Listed(string slot) => corpus.Lists.Has(slot.TrimEnd('2')) ? corpus.Lists[slot.TrimEnd('2')] : [];
        // What stands before a fact is left off: a fact that can be made can be made behind any of it.
        return Enumerable
            .Range(0, told.Length)
            .Where(at => at == 0 || !char.IsLetterOrDigit(told[at - 1]))
            .Any(at => corpus["memory.fact"].Any(fact => fact.Makes(told[at..], Listed)));
    }

    private WordChoice WithFacts(WordChoice words)
    {
        foreach (var slot in (string[])["fact", "fact2"])
        {
            // Words of its own: two facts have not the same cat, and not the person's name.
            var fact = Pick("memory.fact", new WordChoice(words.Random, corpus.Lists));
            words.With(slot, fact).With(Invention.Capitalised(slot), Invention.Capitalised(fact));
        }

        return words;
    }

    private string Pick(string name, WordChoice words) => corpus[name][words.Random.Next(corpus[name].Count)].Expand(words);
}
