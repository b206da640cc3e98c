using System.Globalization;
using System.Text;

namespace Republic.Core.Telemetry;

/// <summary>Prometheus' text format, with names as OpenTelemetry translates its own into it.</summary>
internal static class PrometheusText
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["By"] = "bytes",
        ["%"] = "percent",
        ["USD"] = "usd",
    };

    public static string NameOf(MetricFamily family)
    {
        var instrument = family.Instrument;
        var name = Plain(instrument.Name);
        // What stands in braces is a note and no unit.
        if (Units.TryGetValue(instrument.Unit ?? "", out var unit) && !name.EndsWith($"_{unit}", StringComparison.Ordinal))
        {
            name += $"_{unit}";
        }

        return family.Kind == MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? $"{name}_total" : name;
    }

    /// <param name="families">All of one name.</param>
    public static void Write(StringBuilder text, string name, IReadOnlyList<MetricFamily> families)
    {
        var all = families.SelectMany(family => family.Series).DistinctBy(Identity).ToList();
        if (all.Count == 0)
        {
            return;
        }

        var instrument = families[0].Instrument;
        if (instrument.Description is { Length: > 0 } words)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {Escaped(words, isLabel: false)}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {families[0].Kind.ToString().ToLowerInvariant()}\n");
        foreach (var series in all)
        {
            if (families[0].Kind == MetricKind.Histogram)
            {
                Histogram(text, name, series);
            }
            else
            {
                Sample(text, name, series.Tags, series.Read().Sum);
            }
        }
    }

    private static void Histogram(StringBuilder text, string name, MetricSeries series)
    {
        var (sum, count, buckets) = series.Read();
        var below = 0L;
        for (var i = 0; i < series.Bounds.Count; i++)
        {
            below += buckets[i];
            Sample(text, $"{name}_bucket", [.. series.Tags, new("le", Number(series.Bounds[i]))], below);
        }

        Sample(text, $"{name}_bucket", [.. series.Tags, new("le", "+Inf")], count);
        Sample(text, $"{name}_sum", series.Tags, sum);
        Sample(text, $"{name}_count", series.Tags, count);
    }

    private static void Sample(StringBuilder text, string name, IReadOnlyList<KeyValuePair<string, string>> tags, double value)
    {
        text.Append(name);
        if (tags.Count > 0)
        {
            text.Append('{');
            text.AppendJoin(',', tags.Select(tag => $"{Plain(tag.Key)}=\"{Escaped(tag.Value, isLabel: true)}\""));
            text.Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Plain(string name)
    {
        var plain = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return char.IsAsciiDigit(plain[0]) ? $"_{plain}" : plain;
    }

    private static string Escaped(string text, bool isLabel)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return isLabel ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private static string Identity(MetricSeries series) => string.Join('\0', series.Tags.Select(tag => $"{tag.Key}\0{tag.Value}"));
}
