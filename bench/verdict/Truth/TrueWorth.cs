namespace Republic.Bench.Truth;

/// <param name="Fresh">Null for rows written by hand, of which there are no others: what those are worth is known.</param>
/// <param name="ExamBefore">Questions of the exam that were answered rightly by the version before the run.</param>
/// <param name="ExamAfter">Those by its draft.</param>
/// <param name="Style">The share of other questions that are answered in the style of the rows; null where they have none.</param>
internal sealed record TrueWorth(FreshLoss? Fresh, int ExamBefore, int ExamAfter, double? Style)
{
    private const double KeptShare = 0.95;

    public bool IsKept => ExamAfter >= KeptShare * ExamBefore;

    public bool IsBetter => (Fresh?.IsBetter ?? true) && IsKept;
}
