using System.Globalization;
using System.Text.RegularExpressions;

namespace Republic.Tests.World;

/// <summary>A page of metrics, read by the rules of Prometheus's text format 0.0.4; what breaks one of them fails the test.</summary>
public sealed partial class PrometheusPage
{
    private readonly Dictionary<string, double> samples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> types = new(StringComparer.Ordinal);

    private PrometheusPage(string text)
    {
        Assert.EndsWith("\n", text);
        Assert.DoesNotContain('\r', text);
        var (family, helped) = ("", "");
        foreach (var line in text[..^1].Split('\n'))
        {
            if (Help().Match(line) is { Success: true } help)
            {
                helped = help.Groups["name"].Value;
            }
            else if (Type().Match(line) is { Success: true } type)
            {
                family = type.Groups["name"].Value;
                Assert.Equal(family, helped);
                Assert.True(types.TryAdd(family, type.Groups["type"].Value), $"{family} comes twice.");
            }
            else
            {
                Read(line, family);
            }
        }

        foreach (var (name, _) in types.Where(type => type.Value == "histogram"))
        {
            CheckBuckets(name);
        }
    }

    public IReadOnlyCollection<string> Lines => samples.Keys;

    /// <summary>The figure behind a name with its labels, as it is written.</summary>
    public double this[string series] =>
        samples.TryGetValue(series, out var value)
            ? value
            : throw new KeyNotFoundException($"{series} is not among\n{string.Join('\n', samples.Keys)}");

    public string TypeOf(string family) => types[family];

    public static PrometheusPage Parse(string text) => new(text);

    public static async Task<PrometheusPage> ReadAsync(HttpClient http)
    {
        using var response = await http.GetAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        return Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private void Read(string line, string family)
    {
        var sample = Sample().Match(line);
        Assert.True(sample.Success, $"No line of the format: {line}");
        var (name, type) = (sample.Groups["name"].Value, types[family]);
        var belongs =
            type == "histogram" ? name == family + "_bucket" || name == family + "_sum" || name == family + "_count" : name == family;
        Assert.True(belongs, $"{name} stands among {family}.");
        Assert.True(type != "counter" || name.EndsWith("_total", StringComparison.Ordinal), $"{name} is a counter.");
        var series = line[..line.LastIndexOf(' ')];
        Assert.True(samples.TryAdd(series, Number(line[(series.Length + 1)..])), $"{series} comes twice.");
    }

    /// <summary>Each bucket holds those below it; the last holds all.</summary>
    private void CheckBuckets(string family)
    {
        var (bound, count) = (double.NegativeInfinity, 0.0);
        foreach (var (series, value) in samples.Where(sample => sample.Key.StartsWith(family + "_bucket{", StringComparison.Ordinal)))
        {
            var next = Number(Bound().Match(series).Groups["bound"].Value);
            Assert.True(next > bound && value >= count, series);
            (bound, count) = (next, value);
            if (double.IsPositiveInfinity(next))
            {
                var labels = Bound().Replace(series[(family.Length + "_bucket".Length)..], "").Replace("{}", "", StringComparison.Ordinal);
                Assert.Equal(value, samples[family + "_count" + labels]);
                Assert.True(samples.ContainsKey(family + "_sum" + labels));
                (bound, count) = (double.NegativeInfinity, 0);
            }
        }

        Assert.Equal(double.NegativeInfinity, bound);
    }

    private static double Number(string text) =>
        text switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        };

    [GeneratedRegex(@"^# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) ([^\\]|\\\\|\\n)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Help();

    [GeneratedRegex(
        "^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram|summary|untyped)$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Type();

    [GeneratedRegex(
        """^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{[a-zA-Z_]\w*="([^"\\]|\\[\\"n])*"(,[a-zA-Z_]\w*="([^"\\]|\\[\\"n])*")*\})? \S+$""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Sample();

    [GeneratedRegex(",?le=\"(?<bound>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Bound();
}
