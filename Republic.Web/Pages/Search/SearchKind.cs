namespace Republic.Web.Pages.Search;

/// <summary>A kind of thing that is found, as a page shows it.</summary>
/// <param name="Group">What it stands below in the palette.</param>
public sealed record SearchKind(string Name, string Label, string Group, string Icon)
{
    public static IReadOnlyList<SearchKind> All { get; } =
    [
        new("conversation", "Chats", "Chats", "forum"),
        new("message", "Messages", "Chats", "chat_bubble"),
        new("minion", "Minions", "Minions", "groups"),
        new("task", "Tasks", "Tasks", "view_kanban"),
        new("document", "Documents", "Documents", "description"),
        new("collection", "Collections", "Documents", "library_books"),
        new("dataset", "Datasets", "Training", "dataset"),
        new("run", "Training runs", "Training", "model_training"),
        new("scenario", "Scenarios", "Scenarios", "account_tree"),
        new("episode", "Episodes", "Scenarios", "play_arrow"),
        new("personal_model", "Personal models", "Personal models", "hard_drive_2"),
        new("setting", "Settings", "Settings", "settings"),
    ];

    /// <summary>In the order in which the palette shows them.</summary>
    public static IReadOnlyList<string> Groups { get; } = [.. All.Select(kind => kind.Group).Distinct()];

    public static SearchKind? Find(string? name) => All.FirstOrDefault(kind => kind.Name == name);

    public static SearchKind Of(string name) => Find(name) ?? throw new ArgumentOutOfRangeException(nameof(name), name, "No such kind.");
}
