namespace Republic.Web.Pages.Training.Charts;

/// <summary>The points of a loss chart as the browser's chart takes them.</summary>
public static class LossRows
{
    /// <returns>Step, loss, smoothed loss, validation loss each; in order, and null where there is none.</returns>
    public static IReadOnlyList<double?[]> Of(LossCurve curve, int from)
    {
        var rows = new SortedDictionary<int, double?[]>();
        void Put(IReadOnlyList<ChartPoint> points, int column)
        {
            foreach (var point in points.Where(point => point.X >= from))
            {
                var step = (int)point.X;
                rows.TryAdd(step, [step, null, null, null]);
                rows[step][column] = Math.Round(point.Y, 5);
            }
        }

        Put(curve.Training, 1);
        Put(curve.Smoothed, 2);
        Put(curve.Validation, 3);
        return [.. rows.Values];
    }
}
