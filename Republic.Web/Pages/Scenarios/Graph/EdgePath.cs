using System.Globalization;
using System.Text;
using Republic.Core.Scenarios.Drawing;

namespace Republic.Web.Pages.Scenarios.Graph;

/// <summary>The path of an edge in SVG, with its corners rounded.</summary>
internal static class EdgePath
{
    private const double Radius = 10;

    public static string Of(IReadOnlyList<GraphPoint> points)
    {
        var path = new StringBuilder("M").Append(Text(points[0]));
        for (var i = 1; i < points.Count - 1; i++)
        {
            path.Append('L').Append(Text(Towards(points[i], points[i - 1])));
            path.Append('Q').Append(Text(points[i])).Append(' ').Append(Text(Towards(points[i], points[i + 1])));
        }

        return path.Append('L').Append(Text(points[^1])).ToString();
    }

    /// <summary>A point on the way from a corner, at most half of the way.</summary>
    private static GraphPoint Towards(GraphPoint corner, GraphPoint other)
    {
        var length = Math.Sqrt(Math.Pow(other.X - corner.X, 2) + Math.Pow(other.Y - corner.Y, 2));
        var share = length == 0 ? 0 : Math.Min(Radius, length / 2) / length;
        return new GraphPoint(corner.X + ((other.X - corner.X) * share), corner.Y + ((other.Y - corner.Y) * share));
    }

    private static string Text(GraphPoint point) => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#} {point.Y:0.#}");
}
