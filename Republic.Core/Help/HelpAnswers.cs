namespace Republic.Core.Help;

/// <summary>
/// Answers a question about Republic with sentences of the page that is written for questions, and of no other: those are read in order,
/// and speak of the API too.
/// </summary>
public static class HelpAnswers
{
    private const int Most = 2;
    private const double LeastOfBest = 0.9;

    /// <summary>A sentence that is about less of the question does not answer it.</summary>
    private const double LeastFit = 0.57;

    /// <summary>One word of a question has to be nearly all that it is about.</summary>
    private const double LeastFitOfOneWord = 0.7;

    // A sentence is about the words of its lead, holds others by the way, and leans on what stands before it.
    private const double InSentence = 0.75;
    private const double InMeaning = 0.55;
    private const double InHeading = 0.4;
    private const double InSentenceBefore = 0.3;
    private const double NotAtBegin = 0.5;

    // Of sentences that fit alike, the one that says little else is better, and to “How do I …?” the one that says what to do.
    private const double NothingElse = 0.15;
    private const double Instruction = 0.12;
    private const double Row = 0.05;

    /// <summary>A word of the question itself beside one of the question before it.</summary>
    private const int OfLast = 2;

    // “How do I delete it?”: a word that so many sentences begin with does not tell which is meant.
    private const int MostOfOneWord = 3;
    private const int MostInstructionsOfOneWord = 4;

    /// <summary>A word that stands nowhere weighs as one of so many sentences.</summary>
    private const int HoldersOfUnknown = 3;

    private static readonly Lazy<IReadOnlyList<HelpSentence>> Sentences = new(() =>
        [.. HelpPages.FirstSteps.Sections.SelectMany(HelpSentence.Of)]
    );

    private static readonly Lazy<IReadOnlyDictionary<string, int>> Holders = new(() =>
        Sentences
            .Value.SelectMany(sentence => sentence.Words)
            .CountBy(word => word, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal)
    );

    /// <summary>The best first, at most two; none where the question is about something else.</summary>
    /// <param name="question">In its last line; a question that it leans on may stand before.</param>
    public static IReadOnlyList<HelpAnswer> To(string question)
    {
        var asked = new HelpQuestion(question);
        if (
            asked.Term is { } term
            && Sentences.Value.FirstOrDefault(sentence => sentence.IsMeaning && sentence.Lead.SetEquals(term)) is { } row
        )
        {
            return [new HelpAnswer(row.Section, row.Text, 1)];
        }

        return HelpSubjects.AreIn(question) ? Best(asked) : [];
    }

    private static IReadOnlyList<HelpAnswer> Best(HelpQuestion asked)
    {
        var weights = asked.Words.ToDictionary(
            word => word,
            word => Weight(word) * (asked.Leans && asked.Last.Contains(word) ? OfLast : 1),
            StringComparer.Ordinal
        );
        var scored = Sentences
            .Value.Where(sentence => asked.Last.Any(sentence.Words.Contains))
            .Select(sentence => Score(sentence, asked, weights))
            .Where(found => found.Fit >= (found.Holds > 1 ? LeastFit : LeastFitOfOneWord))
            .OrderByDescending(found => found.Value)
            .ToList();
        if (asked.Words.Count == 1)
        {
            var instructions = asked.AsksHow || asked.AsksWhere ? scored.FindAll(found => found.Sentence.IsInstruction) : [];
            if (scored.Count > MostOfOneWord && instructions.Count is 0 or > MostInstructionsOfOneWord)
            {
                return [];
            }

            scored = instructions.Count > 0 ? instructions : scored;
        }

        return
        [
            .. scored
                .Where(found => found.Value >= scored[0].Value * LeastOfBest && found.Fit >= scored[0].Fit * LeastOfBest)
                .Take(Most)
                .Select(found => new HelpAnswer(found.Sentence.Section, found.Sentence.Text, found.Fit)),
        ];
    }

    private static SentenceScore Score(HelpSentence sentence, HelpQuestion asked, Dictionary<string, double> weights)
    {
        var held = weights.Keys.Where(sentence.Words.Contains).ToList();
        var fit =
            weights.Sum(word => word.Value * (weights.Count == 1 ? Alone(sentence, word.Key) : Share(sentence, word.Key)))
            / weights.Values.Sum();
        var score =
            fit
            + (NothingElse * held.Sum(Weight) / sentence.Words.Sum(Weight))
            + (asked.AsksHow && sentence.IsInstruction ? Instruction : 0)
            - (sentence.IsMeaning ? Row : 0);
        return new SentenceScore(sentence, fit, score, held.Count);
    }

    private static double Share(HelpSentence sentence, string word) =>
        sentence.Lead.Contains(word) ? 1
        : sentence.Words.Contains(word) ? (sentence.IsMeaning ? InMeaning : InSentence)
        : sentence.Above.Contains(word) ? InHeading
        : sentence.Before.Contains(word) ? InSentenceBefore
        : 0;

    private static double Alone(HelpSentence sentence, string word) =>
        sentence.Begin.Contains(word) && !sentence.IsMeaning ? 1
        : sentence.Words.Contains(word) ? NotAtBegin
        : 0;

    /// <summary>Rare words tell more.</summary>
    private static double Weight(string word) =>
        Math.Log(1 + (Sentences.Value.Count / (double)Holders.Value.GetValueOrDefault(word, HoldersOfUnknown)));

    private sealed record SentenceScore(HelpSentence Sentence, double Fit, double Value, int Holds);
}
