namespace Republic.Web.Pages.Navigation;

/// <summary>The entries of the main navigation in the order of use, and what belongs to the menu of the person.</summary>
internal static class Sections
{
    internal static readonly IReadOnlyList<Section> All =
    [
        new("Chats", ["chats"], []),
        new("Minions", ["models", "citizens", "tools"], [("Minions", "/models"), ("Citizens", "/citizens")]),
        new("Tasks", ["tasks"], []),
        new("Scenarios", ["scenarios", "episodes"], [("Scenarios", "/scenarios"), ("Episodes", "/episodes")]),
        new(
            "Training",
            ["training"],
            [("Runs", "/training"), ("From my chats", "/training/chats"), ("Compare versions", "/training/comparisons")]
        ),
        new(
            "Library",
            ["datasets", "knowledge", "memories", "personal-models"],
            [("Datasets", "/datasets"), ("Knowledge", "/knowledge"), ("Memories", "/memories"), ("Personal models", "/personal-models")]
        ),
    ];

    /// <summary>On a phone they stand in the sheet behind More, with all that is the person's.</summary>
    internal static readonly IReadOnlyList<string> InSheet = ["Scenarios", "Library"];

    internal static readonly IReadOnlyList<string> OfPerson = ["providers", "spending", "analytics", "account", "admin", "help"];

    internal static Section? Of(string folder) => All.FirstOrDefault(section => section.Folders.Contains(folder));
}
