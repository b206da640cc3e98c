namespace Republic.Web.Pages.Shared;

/// <summary>The half circle a republic sits in: logo, welcome and empty states are drawn with it.</summary>
public sealed record Hall(string Class, int Width, int Height, IReadOnlyList<IReadOnlyList<Seat>> Rows)
{
    public static Hall Small(string cssClass = "") => Draw(cssClass, 120, 68, [(18, 5), (34, 9), (50, 13)], 0);

    /// <param name="taken">So many seats are filled, the middle of the front row first.</param>
    public static Hall Big(string cssClass, int taken) =>
        Draw(cssClass, 420, 218, [(88, 9), (112, 13), (136, 17), (160, 21), (184, 25)], taken);

    private static Hall Draw(string cssClass, int width, int height, (int Radius, int Seats)[] rows, int taken)
    {
        var drawn = new List<IReadOnlyList<Seat>>();
        foreach (var (radius, seats) in rows)
        {
            var filled = Math.Clamp(taken, 0, seats);
            taken -= filled;
            drawn.Add([
                .. Enumerable.Range(0, seats).Select(i => At(i, seats, radius, width / 2d, height - 4d, FromMiddle(i, seats) < filled)),
            ]);
        }

        return new Hall(cssClass, width, height, drawn);
    }

    private static Seat At(int index, int seats, int radius, double x, double y, bool taken)
    {
        var angle = Math.PI * index / (seats - 1);
        return new Seat(x - radius * Math.Cos(angle), y - radius * Math.Sin(angle), taken);
    }

    /// <summary>0 for the middle seat, then alternating outwards.</summary>
    private static int FromMiddle(int index, int seats)
    {
        var offset = index - seats / 2;
        return offset <= 0 ? -2 * offset : 2 * offset - 1;
    }
}
