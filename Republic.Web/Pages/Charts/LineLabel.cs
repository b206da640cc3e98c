namespace Republic.Web.Pages.Charts;

/// <summary>The last value of a line, beside its last point.</summary>
/// <param name="X">Per cent of the width.</param>
public sealed record LineLabel(double X, double Y, string Text)
{
    private const double LineHeight = 15;
    private const double AbovePoint = 6;
    private const double AboveAxis = 4;
    private const double LastWithSpace = 60;

    /// <summary>It stands left of its point, because there is too little space at the right.</summary>
    public bool IsLeft => X > LastWithSpace;

    /// <summary>None over another, and none over the labels below the axis.</summary>
    public static IReadOnlyList<LineLabel> Apart(IEnumerable<LineLabel> labels, double height)
    {
        var all = labels.OrderBy(label => label.Y).ToArray();
        for (var i = 0; i < all.Length; i++)
        {
            var highest = i == 0 ? double.NegativeInfinity : all[i - 1].Y + LineHeight;
            all[i] = all[i] with { Y = Math.Max(all[i].Y - AbovePoint, highest) };
        }

        for (var i = all.Length - 1; i >= 0; i--)
        {
            var lowest = i == all.Length - 1 ? height - AboveAxis : all[i + 1].Y - LineHeight;
            all[i] = all[i] with { Y = Math.Min(all[i].Y, lowest) };
        }

        return all;
    }
}
