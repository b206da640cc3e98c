using System.Text.Json;

namespace Republic.Bench;

/// <summary>How long runs waited whose node was killed or stopped.</summary>
internal sealed class PickUps(IReadOnlyList<(string Kind, double Seconds)> waits)
{
    public static async Task<PickUps> ReadAsync(
        Witness witness,
        IEnumerable<(Guid Job, int Epoch, DateTimeOffset At, Node Other, string Kind)> orphans
    )
    {
        var starts = (await witness.RowsAsync("select job, epoch, at from chaos_starts"))
            .DistinctBy(Of)
            .ToDictionary(Of, row => row.GetProperty("at").GetDateTimeOffset());
        var waits = new List<(string, double)>();
        foreach (var (job, epoch, at, other, kind) in orphans)
        {
            // One that had just ended is not begun again. A database that was restarted, or a successor that was killed too, is another matter.
            if (
                starts.TryGetValue((job, epoch + 1), out var picked)
                && !other.Downs.Concat(witness.Downs).Any(down => down > at.AddSeconds(-3) && down < picked)
            )
            {
                waits.Add((kind, (picked - at).TotalSeconds));
            }
        }

        return new PickUps(waits);
    }

    public string Of(string kind)
    {
        var sorted = waits.Where(wait => wait.Kind == kind).Select(wait => wait.Seconds).Order().ToList();
        string At(double share) => $"{sorted[(int)Math.Min(sorted.Count - 1, share * sorted.Count)]:0.0} s";
        return sorted.Count == 0
            ? "none"
            : $"{sorted.Count} times: median {At(0.5)}, p95 {At(0.95)}, longest {sorted[^1]:0.0} s; {100.0 * sorted.Count(s => s <= 5) / sorted.Count:0} % within 5 s";
    }

    private static (Guid Job, int Epoch) Of(JsonElement row) => (row.GetProperty("job").GetGuid(), row.GetProperty("epoch").GetInt32());
}
