using Republic.Core.Datasets.Rows;
using Republic.Core.Datasets.Versions;
using Republic.Core.Training.Measuring;
using Republic.Core.Training.Weights;

namespace Republic.Core.Training.Grading;

/// <summary>A row that nothing was learned from, as a prompt: its last question, and the dataset's own answer.</summary>
/// <param name="System">Of the row itself; null takes that of the minion.</param>
internal sealed record HeldOutPrompt(int Row, string? System, IReadOnlyList<RowMessage> Earlier, string Text, string Reference)
{
    /// <summary>Of the row: prompts of one group count once.</summary>
    public required int Group { get; init; }

    internal const string KeyStart = "held/";

    /// <summary>Names it within its run.</summary>
    public string Key => $"{KeyStart}{Row}";

    /// <summary>The run's, as many as losses are measured of; none without datasets.</summary>
    public static IReadOnlyList<HeldOutPrompt> Of(string folder, string? data)
    {
        if (data is null)
        {
            return [];
        }

        using var version = VersionReader.Open(Path.Combine(folder, data));
        return [.. RowFiles.Measured(version, HeldOutLosses.MostRows).Select(Of).OfType<HeldOutPrompt>()];
    }

    private static HeldOutPrompt? Of(SampleRow row)
    {
        var messages = row.Messages.ToList();
        var (asked, answered) = (messages.FindLastIndex(m => m.Role == "user"), messages.FindLastIndex(m => m.Role == "assistant"));
        return asked < 0 || answered < asked
            ? null
            : new(
                row.Position,
                messages.Find(m => m.Role == "system")?.Content,
                [.. messages[..asked].Where(m => m.Role != "system")],
                messages[asked].Content,
                messages[answered].Content
            )
            {
                Group = row.Group,
            };
    }
}
