namespace Republic.Bench.Truth;

/// <param name="Fresh">Null for rows written by hand, of which there are no others: they are to teach their manner.</param>
/// <param name="ExamBefore">Questions of the exam that were answered rightly by the version before the run.</param>
/// <param name="ExamAfter">Those by its draft.</param>
/// <param name="Style">The share of other questions that are answered in the style of the rows; null where they have none.</param>
/// <param name="StyleOfRows">The share of the rows that are answered so: of those written by hand some go without.</param>
internal sealed record TrueWorth(FreshLoss? Fresh, int ExamBefore, int ExamAfter, double? Style, double? StyleOfRows = null)
{
    private const double KeptShare = 0.95;

    /// <summary>How often the style is shown, at least, of how often the rows show it.</summary>
    private const double ShownShare = 0.5;

    public bool IsKept => ExamAfter >= KeptShare * ExamBefore;

    public bool IsBetter => (Fresh?.IsBetter ?? TakesOnStyle) && IsKept;

    private bool TakesOnStyle => Style >= ShownShare * StyleOfRows;
}
