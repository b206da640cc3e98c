namespace Republic.Core.Telemetry;

/// <summary>What was measured by one instrument with one set of tags.</summary>
internal sealed class MetricSeries(KeyValuePair<string, string>[] tags, double[] bounds)
{
    private readonly Lock gate = new();
    private readonly long[] buckets = new long[bounds.Length + 1];
    private long count;
    private double sum;

    public IReadOnlyList<KeyValuePair<string, string>> Tags => tags;

    public IReadOnlyList<double> Bounds => bounds;

    public void Add(double value)
    {
        lock (gate)
        {
            sum += value;
        }
    }

    public void Set(double value)
    {
        lock (gate)
        {
            sum = value;
        }
    }

    public void Observe(double value)
    {
        var bucket = Array.BinarySearch(bounds, value);
        lock (gate)
        {
            // A bound belongs to the bucket that it closes.
            buckets[bucket < 0 ? ~bucket : bucket]++;
            count++;
            sum += value;
        }
    }

    public (double Sum, long Count, long[] Buckets) Read()
    {
        lock (gate)
        {
            return (sum, count, [.. buckets]);
        }
    }
}
