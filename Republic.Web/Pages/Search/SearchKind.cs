using Republic.Core.Search;

namespace Republic.Web.Pages.Search;

/// <summary>A kind of thing that is found, as a page shows it.</summary>
/// <param name="One">What one of them is called.</param>
/// <param name="Group">What it stands below in the palette.</param>
public sealed record SearchKind(string Name, string Label, string One, string Group, string Icon)
{
    public static IReadOnlyList<SearchKind> All { get; } =
    [
        new(SearchKinds.Conversation, "Chats", "Chat", "Chats", "forum"),
        new(SearchKinds.Message, "Messages", "Message", "Chats", "chat_bubble"),
        new(SearchKinds.Minion, "Minions", "Minion", "Minions", "groups"),
        new(SearchKinds.Task, "Tasks", "Task", "Tasks", "view_kanban"),
        new(SearchKinds.Document, "Documents", "Document", "Documents", "description"),
        new(SearchKinds.Collection, "Collections", "Collection", "Documents", "library_books"),
        new(SearchKinds.Dataset, "Datasets", "Dataset", "Training", "dataset"),
        new(SearchKinds.Run, "Training runs", "Training run", "Training", "model_training"),
        new(SearchKinds.Scenario, "Scenarios", "Scenario", "Scenarios", "account_tree"),
        new(SearchKinds.Episode, "Episodes", "Episode", "Scenarios", "play_arrow"),
        new(SearchKinds.PersonalModel, "Personal models", "Personal model", "Personal models", "hard_drive_2"),
        new(SearchKinds.Setting, "Settings", "Setting", "Settings", "settings"),
    ];

    /// <summary>In the order in which the palette shows them.</summary>
    public static IReadOnlyList<string> Groups { get; } = [.. All.Select(kind => kind.Group).Distinct()];

    public static SearchKind? Find(string? name) => All.FirstOrDefault(kind => kind.Name == name);

    public static SearchKind Of(string name) => Find(name) ?? throw new ArgumentOutOfRangeException(nameof(name), name, "No such kind.");
}
