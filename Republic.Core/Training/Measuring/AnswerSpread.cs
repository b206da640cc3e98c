namespace Republic.Core.Training.Measuring;

/// <summary>
/// How far a figure moves between answers to the same question by the same version, which nothing but chance tells apart: twice the
/// standard deviation within questions. A change that is smaller says nothing.
/// </summary>
internal static class AnswerSpread
{
    /// <param name="answers">A figure of each answer, with what question and version it belongs to.</param>
    /// <returns>Null where no question was answered twice.</returns>
    public static double? Of<TKey>(IEnumerable<(TKey Question, double Figure)> answers)
    {
        var (squares, freedom) = (0.0, 0);
        foreach (var repeats in answers.GroupBy(answer => answer.Question, answer => answer.Figure))
        {
            var figures = repeats.ToList();
            var mean = figures.Average();
            squares += figures.Sum(figure => (figure - mean) * (figure - mean));
            freedom += figures.Count - 1;
        }

        return freedom > 0 ? 2 * Math.Sqrt(squares / freedom) : null;
    }
}
