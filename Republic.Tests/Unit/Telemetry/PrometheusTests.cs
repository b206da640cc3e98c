using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using Republic.Core.Providers.Telemetry;
using Republic.Core.Telemetry;

namespace Republic.Tests.Unit.Telemetry;

/// <summary>The text format's rules: https://prometheus.io/docs/instrumenting/exposition_formats.</summary>
public sealed partial class PrometheusTests : IDisposable
{
    private readonly Meter meter = new(RouterInstruments.Name);
    private readonly PrometheusMetrics metrics;

    public PrometheusTests() => metrics = new PrometheusMetrics(instrument => instrument.Meter == meter);

    [Fact]
    public void A_counter_adds_up_and_ends_in_total()
    {
        var counter = meter.CreateCounter<long>("some.calls", "{call}", "Calls\nof \\ something");
        counter.Add(2, new KeyValuePair<string, object?>("b", 1), new("a", "x"));
        counter.Add(3, new KeyValuePair<string, object?>("a", "x"), new("b", 1));
        counter.Add(1);

        Assert.Equal(
            """
            # HELP some_calls_total Calls\nof \\ something
            # TYPE some_calls_total counter
            some_calls_total 1
            some_calls_total{a="x",b="1"} 5

            """,
            metrics.Write()
        );
    }

    [Fact]
    public void A_histogram_counts_each_value_in_every_bucket_it_fits_and_a_bound_closes_its_bucket()
    {
        var histogram = meter.CreateHistogram(
            "some.duration",
            "s",
            null,
            null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2.5] }
        );
        foreach (var value in new[] { 0.25, 0.5, 0.75, 1, 2.5, 100 })
        {
            histogram.Record(value, new KeyValuePair<string, object?>("model", "m"));
        }

        Assert.Equal(
            """
            # TYPE some_duration_seconds histogram
            some_duration_seconds_bucket{model="m",le="0.5"} 2
            some_duration_seconds_bucket{model="m",le="1"} 4
            some_duration_seconds_bucket{model="m",le="2.5"} 5
            some_duration_seconds_bucket{model="m",le="+Inf"} 6
            some_duration_seconds_sum{model="m"} 105
            some_duration_seconds_count{model="m"} 6

            """,
            metrics.Write()
        );
    }

    [Fact]
    public void A_gauge_says_what_is_now_and_forgets_what_is_over()
    {
        var now = new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 };
        meter.CreateObservableGauge(
            "some.busy",
            () => now.Select(one => new Measurement<int>(one.Value, new KeyValuePair<string, object?>("who", one.Key)))
        );
        var open = meter.CreateUpDownCounter<int>("some.open");
        open.Add(5);
        open.Add(-2);

        Assert.Contains("some_busy{who=\"a\"} 1\nsome_busy{who=\"b\"} 2\n", metrics.Write(), StringComparison.Ordinal);
        now.Remove("a");
        now["b"] = 7;
        var later = metrics.Write();

        Assert.DoesNotContain("who=\"a\"", later, StringComparison.Ordinal);
        Assert.Contains("some_busy{who=\"b\"} 7\n", later, StringComparison.Ordinal);
        Assert.Contains("# TYPE some_open gauge\nsome_open 3\n", later, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("say \"hi\"", """say \"hi\" """)]
    [InlineData("back\\slash", """back\\slash""")]
    [InlineData("two\nlines", """two\nlines""")]
    [InlineData("größe 键 🔑", "größe 键 🔑")]
    [InlineData("}{,= \t", "}{,= \t")]
    public void Whatever_a_label_holds_the_line_stays_one_line_that_can_be_read(string value, string escaped)
    {
        meter.CreateCounter<int>("some").Add(1, new KeyValuePair<string, object?>("gen_ai.model", value), new("1st", null));

        var line = metrics.Write().Split('\n')[1];

        Assert.Equal($"some_total{{_1st=\"\",gen_ai_model=\"{escaped.TrimEnd(' ')}\"}} 1", line);
    }

    [Fact]
    public void Labels_that_people_invent_do_not_fill_the_memory()
    {
        var counter = meter.CreateCounter<int>("some");
        for (var i = 0; i < MetricFamily.MaxSeries + 500; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("model", $"m{i}"));
        }

        var lines = metrics.Write().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(MetricFamily.MaxSeries + 2, lines.Length);
        Assert.Contains("some_total{otel_metric_overflow=\"true\"} 500", lines);
    }

    [Fact]
    public void Every_line_of_a_full_text_follows_the_grammar_and_each_family_stands_once()
    {
        using var second = new Meter(RouterInstruments.Name);
        using var both = new PrometheusMetrics(instrument => instrument.Meter == meter || instrument.Meter == second);
        foreach (var one in new[] { meter, second })
        {
            one.CreateHistogram<double>("h", "By").Record(double.MaxValue);
            one.CreateCounter<decimal>("c").Add(0.000000123m);
            one.CreateGauge<float>("g", "%").Record(-1.5f);
            one.CreateObservableCounter("o.total", () => 3L);
        }

        var text = both.Write();

        Assert.All(text.Split('\n')[..^1], line => Assert.Matches(Grammar(), line));
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var names = text.Split('\n').Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)).ToList();
        Assert.Equal(["# TYPE c_total counter", "# TYPE g_percent gauge", "# TYPE h_bytes histogram", "# TYPE o_total counter"], names);
        Assert.Contains("c_total 1.23E-07", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_threads_measure_while_it_is_written()
    {
        var counter = meter.CreateCounter<int>("some");
        Parallel.For(
            0,
            20_000,
            i =>
            {
                counter.Add(1, new KeyValuePair<string, object?>("thread", i % 7));
                if (i % 1000 == 0)
                {
                    metrics.Write();
                }
            }
        );

        var total = metrics.Write().Split('\n').Where(line => line.StartsWith("some_total{", StringComparison.Ordinal));
        Assert.Equal(20_000, total.Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)));
    }

    public void Dispose()
    {
        metrics.Dispose();
        meter.Dispose();
    }

    [GeneratedRegex(
        """^(# (HELP|TYPE) [a-zA-Z_][a-zA-Z0-9_]* .+|[a-zA-Z_][a-zA-Z0-9_]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*",?)+\})? (-?[0-9.]+(E[+-][0-9]+)?|\+Inf|-Inf|NaN))$""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Grammar();
}
