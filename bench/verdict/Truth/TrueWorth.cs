namespace Republic.Bench.Truth;

/// <param name="ExamBefore">Questions of the exam that were answered rightly by the version before the run.</param>
/// <param name="ExamAfter">Those by its draft.</param>
/// <param name="Style">The share of other questions that are answered in the style of the rows; null where they have none.</param>
internal sealed record TrueWorth(FreshLoss Fresh, int ExamBefore, int ExamAfter, double? Style)
{
    private const double KeptShare = 0.95;

    public bool IsKept => ExamAfter >= KeptShare * ExamBefore;

    public bool IsBetter => Fresh.IsBetter && IsKept;
}
