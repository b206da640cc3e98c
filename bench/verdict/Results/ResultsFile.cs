using System.Text.Json;

namespace Republic.Bench.Results;

/// <summary>What came of each run, a line each. A line that was cut off by a kill is as if its run had not been made.</summary>
internal sealed class ResultsFile(string path)
{
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        IgnoreReadOnlyProperties = true,
    };
    private readonly Lock gate = new();

    public IReadOnlyList<RunOutcome> Read() =>
        File.Exists(path) ? [.. File.ReadLines(path).Select(Parse).OfType<RunOutcome>().DistinctBy(outcome => outcome.Key)] : [];

    public void Add(RunOutcome outcome)
    {
        lock (gate)
        {
            // The former line may have no end.
            var isCut = File.Exists(path) && new FileInfo(path).Length > 0 && !File.ReadAllText(path).EndsWith('\n');
            File.AppendAllText(path, (isCut ? "\n" : "") + JsonSerializer.Serialize(outcome, Names) + "\n");
        }
    }

    private static RunOutcome? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<RunOutcome>(line, Names);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
