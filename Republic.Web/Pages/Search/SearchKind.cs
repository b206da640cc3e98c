namespace Republic.Web.Pages.Search;

/// <summary>A kind of thing that is found, as a page shows it.</summary>
/// <param name="One">What one of them is called.</param>
/// <param name="Group">What it stands below in the palette.</param>
public sealed record SearchKind(string Name, string Label, string One, string Group, string Icon)
{
    public static IReadOnlyList<SearchKind> All { get; } =
    [
        new("conversation", "Chats", "Chat", "Chats", "forum"),
        new("message", "Messages", "Message", "Chats", "chat_bubble"),
        new("minion", "Minions", "Minion", "Minions", "groups"),
        new("task", "Tasks", "Task", "Tasks", "view_kanban"),
        new("document", "Documents", "Document", "Documents", "description"),
        new("collection", "Collections", "Collection", "Documents", "library_books"),
        new("dataset", "Datasets", "Dataset", "Training", "dataset"),
        new("run", "Training runs", "Training run", "Training", "model_training"),
        new("scenario", "Scenarios", "Scenario", "Scenarios", "account_tree"),
        new("episode", "Episodes", "Episode", "Scenarios", "play_arrow"),
        new("personal_model", "Personal models", "Personal model", "Personal models", "hard_drive_2"),
        new("setting", "Settings", "Setting", "Settings", "settings"),
    ];

    /// <summary>In the order in which the palette shows them.</summary>
    public static IReadOnlyList<string> Groups { get; } = [.. All.Select(kind => kind.Group).Distinct()];

    public static SearchKind? Find(string? name) => All.FirstOrDefault(kind => kind.Name == name);

    public static SearchKind Of(string name) => Find(name) ?? throw new ArgumentOutOfRangeException(nameof(name), name, "No such kind.");
}
