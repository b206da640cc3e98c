using System.Text.Json.Serialization;
using Republic.Core.Answering.Traces;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Messages;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Chats.Answers;

/// <summary>A stage of an answer as its live stream and its page show it, also one that has not ended yet.</summary>
/// <param name="State"><c>pending</c>, <c>active</c>, <c>done</c>, <c>skipped</c> or <c>failed</c>.</param>
public sealed record StageRow(string Name, string State)
{
    private static readonly StageName[] Always = [StageName.Style, StageName.Knowledge, StageName.Generation];
    private static readonly StageName[] Order = Enum.GetValues<StageName>();

    public double? Ms { get; init; }

    public string? Reason { get; init; }

    public string? Model { get; init; }

    public string? Query { get; init; }

    public string? Text { get; init; }

    public decimal? Cost { get; init; }

    /// <summary>Something of it was sent to another machine; null where no model was asked.</summary>
    public bool? LeftMachine { get; init; }

    public StageLink? Link { get; init; }

    [JsonIgnore]
    public IReadOnlyList<RouteAttempt> Attempts { get; init; } = [];

    public static IReadOnlyList<StageRow> Of(MessageRow message) =>
        message.Trace is { } trace ? Of(trace, message.IsBeingWritten) : [Alone(message)];

    public static IReadOnlyList<StageRow> Of(AnswerTrace trace, bool isBeingWritten)
    {
        List<StageRow> rows = [];
        var isNext = isBeingWritten;
        foreach (var name in Order)
        {
            if (trace.Find(name) is { } ended)
            {
                rows.Add(Ended(ended));
            }
            // Memories and tools are stages only where there are some, and a stage that is not there before a later one had no part in it.
            else if (Always.Contains(name) && trace.Stages.All(stage => stage.Name < name))
            {
                rows.Add(new StageRow(Word(name), isNext ? "active" : "pending"));
                isNext = false;
            }
        }

        return rows;
    }

    private static StageRow Alone(MessageRow message) =>
        new(
            Word(StageName.Generation),
            message.IsBeingWritten ? "active"
                : message.State == TurnState.Complete ? "done"
                : "failed"
        )
        {
            Ms = message.DurationMs,
        };

    private static StageRow Ended(StageTrace stage) =>
        new(Word(stage.Name), stage.Status.ToString().ToLowerInvariant())
        {
            Ms = stage.DurationMs,
            Reason = stage.Reason,
            Model = stage.Model,
            Query = stage.Query,
            Text = stage.Text,
            Cost = stage.Cost,
            LeftMachine = stage.LeftMachine,
            Link = stage.Link,
            Attempts = stage.Attempts ?? [],
        };

    private static string Word(StageName name) => name.ToString().ToLowerInvariant();
}
