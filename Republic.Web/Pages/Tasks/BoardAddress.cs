using Republic.Core.Tasks;
using Republic.Core.Tasks.Board;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Tasks;

/// <summary>Which tasks the board shows and how, as its address says it. What cannot be read there is passed over.</summary>
public sealed record BoardAddress
{
    private const string Page = "/tasks";
    private const string List = "list";

    public bool IsList { get; init; }

    public WorkTaskStatus? Status { get; init; }

    public Guid? Who { get; init; }

    public bool IsWaiting { get; init; }

    public bool IsBlocked { get; init; }

    public bool IsDue { get; init; }

    public string? Label { get; init; }

    public string? Words { get; init; }

    /// <summary>The last task of the page before this one of a list.</summary>
    public Guid? Before { get; init; }

    public bool IsArchive => Status == WorkTaskStatus.Archived;

    /// <summary>Columns show one state each.</summary>
    public bool IsTable => IsList || Status is not null;

    public string Here => Page + Query();

    public static BoardAddress Of(IQueryCollection query) =>
        new()
        {
            IsList = query["view"] == List,
            Status = TaskStates.Of(query["status"]),
            Who = Guid.TryParse(query["who"], out var who) ? who : null,
            IsWaiting = query["waiting"] == "true",
            IsBlocked = query["blocked"] == "true",
            IsDue = query["due"] == "week",
            Label = TypedText.Plain(query["label"]),
            Words = TypedText.Plain(query["words"]),
            Before = Guid.TryParse(query["before"], out var before) ? before : null,
        };

    /// <summary>Shown the same way, but without anything that leaves tasks out.</summary>
    public BoardAddress ToAll() => new() { IsList = IsList };

    /// <summary>What is saved of it as a view.</summary>
    public string ToView() => (this with { Before = null }).Query().ToString();

    public string Action(string handler, Guid? id = null)
    {
        var query = Query().Add("handler", handler);
        return Page + (id is { } task ? query.Add("id", task.ToString()) : query);
    }

    /// <summary>The same, with the form of a new task.</summary>
    public string New(WorkTaskStatus status = WorkTaskStatus.Todo) => Page + Query().Add("new", TaskStates.Code(status));

    /// <param name="dueBefore">The end of this week.</param>
    public TaskQuery ToQuery(DateTimeOffset dueBefore) =>
        new()
        {
            Status = Status,
            AssignedTo = Who,
            IsWaiting = IsWaiting,
            IsBlocked = IsBlocked,
            DueBefore = IsDue ? dueBefore : null,
            Label = Label,
            Words = Words,
        };

    private QueryString Query()
    {
        (string Name, string? Value)[] all =
        [
            ("view", IsList ? List : null),
            ("status", Status is { } status ? TaskStates.Code(status) : null),
            ("who", Who?.ToString()),
            ("waiting", IsWaiting ? "true" : null),
            ("blocked", IsBlocked ? "true" : null),
            ("due", IsDue ? "week" : null),
            ("label", Label),
            ("words", Words),
            ("before", Before?.ToString()),
        ];
        return QueryString.Create(all.Where(one => one.Value is not null).Select(one => KeyValuePair.Create(one.Name, one.Value)));
    }
}
