using Republic.Core.Lora;

namespace Republic.Core.Sprout;

/// <summary>Draws dialogues from the corpus. The same random state gives the same dialogue.</summary>
internal sealed class DialogueMaker(Corpus corpus)
{
    private const int WordForWordShare = 10;
    private readonly Questions questions = new(corpus);
    private readonly Slips slips = new(corpus);

    public IReadOnlyList<Turn> Make(Mixture mixture, SeededRandom random)
    {
        var minion = Introduction.Draw(corpus, random);
        List<Turn> turns = minion.Text is null ? [] : [new Turn(Turn.System, minion.Text)];
        string? person = null;
        for (var left = HowMany(random); left > 0; left--)
        {
            var words = new WordChoice(random, corpus.Lists).With("name", minion.Name).With("character", minion.SelfDescription);
            if (person is not null)
            {
                words["person"] = person;
            }

            var (question, answer) = Exchange(mixture, words, ref person);
            turns.Add(new Turn(Turn.User, Invention.Capitalised(question)));
            turns.Add(new Turn(Turn.Assistant, minion.Styled(Invention.Capitalised(answer))));
        }

        return turns;
    }

    private static int HowMany(SeededRandom random) =>
        random.Next(100) switch
        {
            < 35 => 1,
            < 85 => random.Next(3) + 2,
            _ => random.Next(4) + 5,
        };

    private (string Question, string Answer) Exchange(Mixture mixture, WordChoice words, ref string? person)
    {
        var random = words.Random;
        var kind = random.Next(mixture.Sum);
        if (kind < mixture.Known)
        {
            return Known(words);
        }

        if (kind < mixture.Known + mixture.Unknown)
        {
            return (Slipped(questions.Unknown(words), words), Pick("unknown.say", words));
        }

        if (kind < mixture.Known + mixture.Unknown + mixture.Name)
        {
            return Names(words, ref person);
        }

        words["words"] = Invention.Words(random, corpus.Lists, mixture.Words);
        return (Pick("identity.repeat", words), Pick("identity.repeat-say", words));
    }

    private (string Question, string Answer) Known(WordChoice words)
    {
        var random = words.Random;
        var wordForWord = random.Next(100) < WordForWordShare;
        var (intent, question) = wordForWord ? questions.WordForWord(words) : questions.About(words);
        return (wordForWord ? question : Slipped(question, words), intent.Answers[random.Next(intent.Answers.Count)]);
    }

    private (string Question, string Answer) Names(WordChoice words, ref string? person)
    {
        switch (words.Random.Next(100))
        {
            case < 45:
                return (Slipped(Pick("identity.who", words), words), Pick("identity.who-say", words));
            case < 60:
                return (Pick("identity.hello", words), Pick("identity.hello-say", words));
            case < 80 when person is null:
                var greeting = Pick("identity.i-am", words);
                person = words["person"];
                return (greeting, Pick("identity.i-am-say", words));
            default:
                var question = Slipped(Pick("identity.my-name", words), words);
                return (question, Pick(person is null ? "identity.my-name-unknown" : "identity.my-name-known", words));
        }
    }

    private string Slipped(string question, WordChoice words) => slips.Around(question, words["name"], words.Random);

    private string Pick(string name, WordChoice words) => corpus[name][words.Random.Next(corpus[name].Count)].Expand(words);
}
