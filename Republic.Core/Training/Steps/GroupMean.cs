namespace Republic.Core.Training.Steps;

/// <summary>The mean loss of held-out rows as the gate compares them: each group of near-equal rows counts once.</summary>
internal static class GroupMean
{
    /// <returns>Null where there are no rows.</returns>
    public static double? MeanLoss(this IReadOnlyList<AfterMetrics.RowLoss> rows, Func<AfterMetrics.RowLoss, double> side) =>
        rows.Select((row, i) => (Group: row.Group ?? -1 - i, Loss: side(row)))
            .GroupBy(row => row.Group, row => row.Loss)
            .Average(group => (double?)group.Average());
}
