using System.Globalization;
using Republic.Core;
using Republic.Core.Tasks.Board;
using Republic.Web.Cli.Remote;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Cli.Tasks;

/// <summary>The output of <c>republic tasks show</c>: a line for each known fact of a task, then its description and its comments.</summary>
/// <param name="Name">The name of a citizen, by id.</param>
/// <param name="Address">The address of the server, without a slash at its end.</param>
internal sealed record TaskSheet(RemoteTask Shown, Func<string?, string> Name, string Address)
{
    private const int WidestText = 100;

    /// <summary>The name of the owner; empty where it is the person's own.</summary>
    public string SharedBy { get; init; } = "";

    public RemoteTask? Parent { get; init; }

    /// <summary>The tasks that it waits for.</summary>
    public IReadOnlyList<RemoteTask> Blockers { get; init; } = [];

    public IReadOnlyList<RemoteComment> Comments { get; init; } = [];

    /// <summary>The last attempt of a minion; null where there was none.</summary>
    public RemoteAttempt? Work { get; init; }

    public RemoteSpending? Spending { get; init; }

    /// <param name="width">The width of the terminal in characters; 0 breaks no line.</param>
    public string Of(int width)
    {
        var text = Math.Min(width, WidestText);
        List<string> lines = [$"{Shown.Name}  {Shown.Words}", "", .. Facts(text)];
        if (Shown.Description is { Length: > 0 } description)
        {
            lines.AddRange(["", .. RemoteText.Lines(description, text)]);
        }

        foreach (var comment in Comments)
        {
            var author = comment.UserId is null ? TaskCitizen.Former : Name(comment.UserId);
            lines.AddRange(["", $"{author}, {Moment(comment.CreatedAt)}{Kind(comment)}"]);
            lines.AddRange(RemoteText.Lines(comment.Content, text > 4 ? text - 2 : text).Select(line => $"  {line}".TrimEnd()));
        }

        return string.Join('\n', lines);
    }

    private IEnumerable<string> Facts(int width)
    {
        (string Label, string? Value)[] facts =
        [
            ("Status", Shown.State + (Shown.Round > 1 ? $", round {Shown.Round}" : "")),
            ("Shared by", SharedBy),
            ("Waits for", string.Join(", ", Blockers.Select(Brief))),
            ("Done by", Name(Shown.AssignedTo)),
            ("Work", Work?.Words),
            ("Priority", Shown.Urgency),
            ("Due", Shown.Due),
            ("Labels", string.Join(", ", Shown.Labels?.Select(RemoteText.OneLine) ?? [])),
            ("Part of", Parent is null ? null : Brief(Parent)),
            ("Parts", Shown.Children is > 0 and var parts ? $"{Shown.ChildrenDone ?? 0} of {Counted.Of(parts)} done" : null),
            ("Files", Shown.Attachments is > 0 and var files ? Counted.Of(files) : null),
            ("Counts for", RemoteText.OneLine(Shown.Capability)),
            ("Spent", Spent),
            ("Made", Shown.CreatedAt is null ? null : Moment(Shown.CreatedAt)),
            ("Page", $"{Address}/tasks/{Shown.Id}"),
        ];
        var known = facts.Where(fact => !string.IsNullOrEmpty(fact.Value)).ToList();
        var label = known.Max(fact => fact.Label.Length) + 2;
        return known.SelectMany(fact =>
            RemoteText
                .Lines(fact.Value, width > label ? width - label : width)
                .Select((line, at) => (at == 0 ? fact.Label : "").PadRight(label) + line)
        );
    }

    private string? Spent =>
        Spending is { Spent: { } spent, Budget: { } budget } && (spent > 0 || Shown.Budget is not null)
            ? $"{Figures.CostOf(spent, budget)} of {Figures.Cost(budget)}"
            : null;

    private static string Brief(RemoteTask task) => $"{task.Name} {task.Words} ({task.State})";

    private static string Kind(RemoteComment comment) =>
        comment.Kind switch
        {
            "hand-in" => ", handed in",
            "blocked" => ", asks",
            _ => "",
        };

    private static string Moment(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "";
}
