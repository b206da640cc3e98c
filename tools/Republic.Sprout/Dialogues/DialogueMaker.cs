using Republic.Core;

namespace Republic.Sprout.Dialogues;

/// <summary>Draws dialogues from the corpus. The same random state gives the same dialogue.</summary>
internal sealed class DialogueMaker(Corpus corpus)
{
    private const int WordForWordShare = 10;
    private readonly Questions questions = new(corpus);
    private readonly NoiseAugmenter slips = new(corpus);
    private readonly SideTurns side = new(corpus);

    public IReadOnlyList<Turn> Make(Mixture mixture, SeededRandom random)
    {
        var minion = Introduction.Draw(corpus, random);
        List<Turn> turns = minion.Text is null ? [] : [new Turn(Turn.System, minion.Text)];
        string? person = null;
        for (var (left, isFirst) = (HowMany(random), true); left > 0; left--, isFirst = false)
        {
            var words = new WordChoice(random, corpus.Lists).With("name", minion.Name).With("character", minion.SelfDescription);
            if (person is not null)
            {
                words["person"] = person;
            }

            var exchange = Drawn(mixture, words, isFirst, ref person);
            turns.Add(new Turn(Turn.User, Invention.Capitalised(exchange.Question)));
            var answer = Invention.Capitalised(exchange.Answer);
            turns.Add(exchange.IsGiven ? new Turn(Turn.Assistant, answer) { IsGiven = true } : minion.Answered(answer));
            // What nobody learns from ends no dialogue.
            left += exchange.IsGiven ? 1 : 0;
        }

        return turns;
    }

    private static int HowMany(SeededRandom random) =>
        random.Next(100) switch
        {
            < 30 => 1,
            < 80 => random.Next(3) + 2,
            _ => random.Next(4) + 5,
        };

    private Exchange Drawn(Mixture mixture, WordChoice words, bool isFirst, ref string? person)
    {
        var random = words.Random;
        var kind = random.Next(mixture.Sum);
        if (kind < mixture.Known)
        {
            return Known(words, isFirst);
        }

        if (kind < mixture.Known + mixture.Unknown)
        {
            var question = Slipped(questions.Unknown(words), words);
            return new(isFirst ? question : side.Later(question, random), Pick("unknown.say", words));
        }

        if (kind < mixture.Known + mixture.Unknown + mixture.Name)
        {
            return Names(words, ref person);
        }

        if (kind < mixture.Sum - mixture.Repeat)
        {
            return Beside(words, isFirst, ref person);
        }

        words["words"] = Invention.Words(random, corpus.Lists, mixture.Words);
        return new(Pick("identity.repeat", words), Pick("identity.repeat-say", words));
    }

    private Exchange Known(WordChoice words, bool isFirst)
    {
        var random = words.Random;
        var wordForWord = random.Next(100) < WordForWordShare;
        var (intent, drawn) = wordForWord ? questions.WordForWord(words) : questions.About(words);
        var question = wordForWord ? drawn : Slipped(drawn, words);
        return new(isFirst ? question : side.Later(question, random), intent.Answers[random.Next(intent.Answers.Count)]);
    }

    private Exchange Names(WordChoice words, ref string? person)
    {
        switch (words.Random.Next(100))
        {
            case < 34:
                return new(Slipped(Pick("identity.who", words), words), Pick("identity.who-say", words));
            case < 42:
                return new(Pick("identity.hello", words), Pick("identity.hello-say", words));
            case < 80 when person is null:
                var greeting = Pick("identity.i-am", words);
                person = words["person"];
                return new(greeting, Pick("identity.i-am-say", words));
            default:
                var question = Slipped(Pick("identity.my-name", words), words);
                return new(question, Pick(person is null ? "identity.my-name-unknown" : "identity.my-name-known", words));
        }
    }

    private Exchange Beside(WordChoice words, bool isFirst, ref string? person)
    {
        switch (words.Random.Next(100))
        {
            case < 35:
                return side.Settled(words);
            case < 55 when person is not null:
                var renamed = side.Renamed(words, person);
                person = words["person"];
                return renamed;
            case < 59 when !isFirst:
                return side.Misunderstood(words);
            default:
                return side.Told(words);
        }
    }

    private string Slipped(string question, WordChoice words) => slips.Around(question, words["name"], words.Random);

    private string Pick(string name, WordChoice words) => corpus[name][words.Random.Next(corpus[name].Count)].Expand(words);
}
