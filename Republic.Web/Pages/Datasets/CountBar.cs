namespace Republic.Web.Pages.Datasets;

/// <summary>
/// All rows of a dataset as one bar. What is there at all is at least <see cref="LeastWidth"/> wide, so that one malformed line among
/// a million is still seen; the widest part gives that up.
/// </summary>
public static class CountBar
{
    public const double Width = 1000;
    public const double LeastWidth = 6;

    public static IReadOnlyList<CountStretch> Of(IReadOnlyList<CountPart> parts)
    {
        var shown = parts.Where(part => part.Count > 0).ToList();
        var rows = (double)shown.Sum(part => part.Count);
        var widths = shown.ConvertAll(part => Math.Max(LeastWidth, Width * part.Count / rows));
        if (widths.Count > 0)
        {
            var widest = widths.IndexOf(widths.Max());
            widths[widest] -= widths.Sum() - Width;
        }

        var stretches = new List<CountStretch>();
        var x = 0.0;
        foreach (var (part, width) in shown.Zip(widths))
        {
            stretches.Add(new CountStretch(part.Kind, x, width));
            x += width;
        }

        return stretches;
    }
}
