using Republic.Core.Scenarios.Drawing;

namespace Republic.Tests.Unit.Scenarios.Drawing;

/// <summary>What crosses and overlaps in a picture.</summary>
internal static class PictureGeometry
{
    /// <summary>Pairs of edges that cross. Where they only meet at a point that is an end of a segment, as at a node, they do not.</summary>
    public static int Crossings(IReadOnlyList<IReadOnlyList<GraphPoint>> edges)
    {
        var crossings = 0;
        for (var i = 0; i < edges.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                crossings += Cross(edges[i], edges[j]) ? 1 : 0;
            }
        }

        return crossings;
    }

    /// <summary>Whether a line runs through the inside of a box.</summary>
    public static bool Enters(IReadOnlyList<GraphPoint> line, PlacedNode box)
    {
        for (var i = 1; i < line.Count; i++)
        {
            if (Enters(line[i - 1], line[i], box))
            {
                return true;
            }
        }

        return false;
    }

    public static bool Overlap(PlacedNode one, PlacedNode other) =>
        one.X + one.Width > other.X && other.X + other.Width > one.X && one.Y + one.Height > other.Y && other.Y + other.Height > one.Y;

    private static bool Cross(IReadOnlyList<GraphPoint> one, IReadOnlyList<GraphPoint> other)
    {
        for (var i = 1; i < one.Count; i++)
        {
            for (var j = 1; j < other.Count; j++)
            {
                if (
                    Side(one[i - 1], one[i], other[j - 1]) * Side(one[i - 1], one[i], other[j]) < 0
                    && Side(other[j - 1], other[j], one[i - 1]) * Side(other[j - 1], other[j], one[i]) < 0
                )
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>On which side of a line a point lies: -1, 1, or 0 on it.</summary>
    private static int Side(GraphPoint from, GraphPoint to, GraphPoint point)
    {
        var area = ((to.X - from.X) * (point.Y - from.Y)) - ((to.Y - from.Y) * (point.X - from.X));
        return Math.Abs(area) < 1e-6 ? 0 : Math.Sign(area);
    }

    // The part of the segment that is within the box, as shares of the segment from 0 to 1 (Liang and Barsky, 1984).
    private static bool Enters(GraphPoint from, GraphPoint to, PlacedNode box)
    {
        const double Border = 0.01;
        var (first, last) = (0.0, 1.0);
        foreach (
            var (start, step, low, high) in new[]
            {
                (from.X, to.X - from.X, box.X + Border, box.X + box.Width - Border),
                (from.Y, to.Y - from.Y, box.Y + Border, box.Y + box.Height - Border),
            }
        )
        {
            if (step == 0)
            {
                if (start < low || start > high)
                {
                    return false;
                }

                continue;
            }

            var (one, other) = ((low - start) / step, (high - start) / step);
            (first, last) = (Math.Max(first, Math.Min(one, other)), Math.Min(last, Math.Max(one, other)));
        }

        return first < last;
    }
}
