using Republic.Core.Citizens;

namespace Republic.Core.Minions.Profiles;

/// <summary>The half circle of seats, for a card of a minion that wears no picture.</summary>
internal static class DefaultCardImage
{
    private const int Side = 256;
    private static readonly byte[] Paper = [0xf7, 0xf6, 0xf2, 0xff];
    private static readonly byte[] Ink = [0x0d, 0x66, 0x56, 0xff];

    public static Pixels Draw()
    {
        var rgba = new byte[Side * Side * 4];
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                (IsSeat(x, y) ? Ink : Paper).CopyTo(rgba, (y * Side + x) * 4);
            }
        }

        return new Pixels(Side, Side, rgba);
    }

    private static bool IsSeat(int x, int y)
    {
        foreach (var (radius, seats) in new[] { (36, 5), (66, 9), (96, 13) })
        {
            for (var seat = 0; seat < seats; seat++)
            {
                var angle = Math.PI * seat / (seats - 1);
                var (dx, dy) = (x - (Side / 2 - radius * Math.Cos(angle)), y - (Side * 0.65 - radius * Math.Sin(angle)));
                if (dx * dx + dy * dy < 81)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
