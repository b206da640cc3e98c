namespace Republic.Web.Pages.Search;

/// <summary>What the palette offers beside what is found: to begin something, to go to a page.</summary>
internal static class Commands
{
    private const int MostWithoutWords = 4;

    private static readonly char[] Separators = [' ', '-', '_', '.', ',', '/', '(', ')'];

    /// <summary>Those that are offered before anything is typed come first.</summary>
    private static readonly Command[] Beginnings =
    [
        new("New chat", "/chats#new", "edit_square", "c"),
        new("New task", "/tasks?new=TODO", "view_kanban"),
        new("New minion", "/models/new", "groups"),
        new("New dataset", "/datasets/new", "dataset"),
        new("New training run", "/training/new", "model_training"),
        new("New collection", "/knowledge/new", "library_books"),
        new("New scenario", "/scenarios/new", "account_tree"),
        new("New episode", "/episodes/new", "play_arrow"),
        new("New schedule", "/training/schedules/new", "schedule"),
        new("Add a provider", "/providers/add", "hub"),
        new("Add a personal model", "/personal-models/add", "hard_drive_2"),
        new("Import a minion", "/models/import", "upload"),
        new("Show the shortcuts", "/help/search#shortcuts", "help", "?"),
    ];

    /// <summary>Those with keys stand in the sheet of shortcuts.</summary>
    public static IReadOnlyList<Command> Pages { get; } =
    [
        new("Chats", "/chats", "forum", "g c"),
        new("Minions", "/models", "groups", "g m"),
        new("Tasks", "/tasks", "view_kanban", "g t"),
        new("Scenarios", "/scenarios", "account_tree", "g s"),
        new("Episodes", "/episodes", "play_arrow", "g e"),
        new("Training", "/training", "model_training", "g r"),
        new("Library", "/datasets", "library_books", "g l"),
        new("Datasets", "/datasets", "dataset", "g d"),
        new("Knowledge", "/knowledge", "library_books", "g k"),
        new("Memories", "/memories", "bookmark"),
        new("Personal models", "/personal-models", "hard_drive_2"),
        new("Citizens", "/citizens", "diversity_3"),
        new("Tasks shared with me", "/tasks/shared", "groups"),
        new("Training from my chats", "/training/chats", "model_training"),
        new("Compare versions", "/training/comparisons", "compare_arrows"),
        new("Judges", "/training/calibration", "rate_review"),
        new("Search of all collections", "/knowledge/search", "search"),
        new("Providers", "/providers", "hub"),
        new("Spending and budgets", "/providers/spending", "payments"),
        new("Prices", "/providers/prices", "payments"),
        new("Analytics", "/analytics", "monitoring"),
        new("Tool servers", "/tools/servers", "build"),
        new("Tool calls", "/tools/calls", "build"),
        new("Settings of memories", "/memories/settings", "settings"),
        new("Account", "/account", "person"),
        new("Sign-in and sessions", "/account/security", "shield"),
        new("Password", "/account/password", "lock"),
        new("Access tokens", "/account/tokens", "key"),
        new("Delete account", "/account/delete", "delete"),
        new("Your data", "/account/data", "inventory_2"),
        new("Hardware", "/help/hardware", "computer"),
        new("Help", "/help", "help"),
    ];

    private static readonly Command[] OfSuperusers =
    [
        new("Administration of people", "/admin", "admin_panel_settings"),
        new("Settings of the server", "/admin/settings", "settings"),
        new("Sign-up and invitations", "/admin/invitations", "person"),
        new("Allowed hosts", "/admin/hosts", "dns"),
        new("Tool commands", "/admin/tool-commands", "build"),
        new("Work of all", "/admin/work", "speed"),
        new("Backups", "/admin/backups", "hard_drive_2"),
        new("Doctor", "/admin/doctor", "checklist"),
        new("Audit log", "/admin/audit", "description"),
    ];

    public static IEnumerable<Command> All(bool isSuperuser, IReadOnlyList<(Guid Id, string Name)> minions) =>
        [
            .. Beginnings,
            .. minions.Select(minion => new Command($"New chat with {minion.Name}", $"/chats?minion={minion.Id}", "forum")),
            .. minions.Select(minion => new Command($"Train {minion.Name}", $"/training/new?minion={minion.Id}", "model_training")),
            .. Pages.Concat(isSuperuser ? OfSuperusers : []).Select(page => page with { Text = $"Go to {page.Text}" }),
        ];

    /// <summary>The nearest first.</summary>
    /// <param name="typed">Null where nothing was typed yet.</param>
    /// <param name="minions">The most used first.</param>
    public static IReadOnlyList<Command> Matching(string? typed, bool isSuperuser, IReadOnlyList<(Guid Id, string Name)> minions, int most)
    {
        if (typed is null)
        {
            return Beginnings[..MostWithoutWords];
        }

        var letters = string.Join(' ', Words(typed));
        return
        [
            .. All(isSuperuser, minions)
                .Where(command => letters.Length > 0 && Fits(command.Text, letters))
                .OrderBy(command => Distance(command.Text, letters))
                .Take(most),
        ];
    }

    /// <summary>Whether letters are beginnings of words of a text, in their order: "ta", "nt" and "ne ta" are of New task.</summary>
    private static bool Fits(string text, string letters)
    {
        var reached = new bool[letters.Length + 1];
        reached[0] = true;
        foreach (var word in Words(text))
        {
            // From the end, so that each word is used once.
            for (var from = letters.Length - 1; from >= 0; from--)
            {
                for (var length = 0; reached[from] && length < word.Length && from + length < letters.Length; length++)
                {
                    if (!IsSame(word[length], letters[from + length]))
                    {
                        break;
                    }

                    var to = from + length + 1;
                    reached[to] = true;
                    if (to < letters.Length && letters[to] == ' ')
                    {
                        reached[to + 1] = true;
                    }
                }
            }
        }

        return reached[^1];
    }

    /// <summary>Whoever types its beginning means this one, then whoever types beginnings of its words; initials come last.</summary>
    private static int Distance(string text, string letters)
    {
        var words = Words(text);
        return text.StartsWith(letters, StringComparison.OrdinalIgnoreCase) ? 0
            : letters.Split(' ').All(part => words.Any(word => word.StartsWith(part, StringComparison.OrdinalIgnoreCase))) ? 1
            : 2;
    }

    private static bool IsSame(char one, char other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other);

    private static string[] Words(string text) => text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
}
