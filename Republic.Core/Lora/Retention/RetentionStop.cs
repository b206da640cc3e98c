namespace Republic.Core.Lora.Retention;

/// <summary>
/// When enough questions were asked: after 96, 192 and 288 of them the answers so far decide, where the share that was lost is clearly below
/// what is tolerated, or clearly above. On the versions of <c>bench/verdict</c> fewer than one in 1,000 is let through so that all questions
/// would not let through, and none is refused.
/// </summary>
internal static class RetentionStop
{
    /// <summary>Questions that are asked before anything is decided.</summary>
    public const int First = 96;

    private const int Checks = 3;

    /// <summary>Standard errors between the share and a limit.</summary>
    private const double Distance = 2.58;

    /// <summary>The gate tolerates a tenth. A version that loses a little more may be saved by answers in other words, which are found later.</summary>
    private const double Tolerated = 0.10;
    private const double Refused = 0.20;

    /// <summary>Pseudo-counts added to the sample, half of them lost: few losses in few answers say little of the rest.</summary>
    private const int PriorAnswers = 4;

    /// <summary>The number of questions reckoned with for a version of which nothing is known: between the most and the fewest of those that go live.</summary>
    public static int Usual(int questions) => Math.Min(questions, Checks * First);

    /// <returns>The questions in parts, each to be asked before the next.</returns>
    public static IReadOnlyList<Range> Parts(int questions)
    {
        var sizes = Enumerable
            .Range(1, Checks)
            .Select(check => check * First)
            .TakeWhile(size => size + First <= questions)
            .Append(questions)
            .ToList();
        return [.. sizes.Select((size, i) => (i == 0 ? 0 : sizes[i - 1])..size)];
    }

    /// <summary>True where the questions so far tell as much as all of them would.</summary>
    /// <param name="asked">Questions so far, of <paramref name="all"/>.</param>
    public static bool IsClear(IReadOnlyList<RetainedAnswer> answers, int asked, int all) => IsClear(answers, asked, asked, all);

    /// <summary>The number of questions that will be asked, if the answers go on as they began.</summary>
    public static int Expected(IReadOnlyList<RetainedAnswer> answers, int asked, int all) =>
        Parts(all).Select(part => part.End.Value).First(end => end == all || (end > asked && IsClear(answers, asked, end, all)));

    /// <param name="then">The number of questions at which it would be clear.</param>
    private static bool IsClear(IReadOnlyList<RetainedAnswer> answers, int asked, int then, int all)
    {
        var before = answers.Sum(answer => answer.AgreementBefore);
        if (before <= 0 || answers.Count < 2)
        {
            return false;
        }

        var lost = answers.Select(answer => (answer.AgreementBefore - answer.Agreement) * answers.Count / before).ToList();
        var count = (double)lost.Count * then / asked;
        var mean = lost.Average();
        var share = ((mean * count) + (PriorAnswers / 2.0)) / (count + PriorAnswers);
        var spread = Math.Max(lost.Average(one => (one - mean) * (one - mean)), share * (1 - share));
        var error = Math.Sqrt(spread / count * (all - then) / Math.Max(1, all - 1));
        return share + (Distance * error) < Tolerated ? !answers.Any(answer => answer.ComesApart) : share - (Distance * error) > Refused;
    }
}
