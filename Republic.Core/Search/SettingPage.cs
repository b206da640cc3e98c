namespace Republic.Core.Search;

/// <summary>A page on which something is set, as it is found.</summary>
/// <param name="Id">Always the same, though no row has it. Those that come first have the greatest.</param>
/// <param name="Description">What is set there.</param>
public sealed record SettingPage(Guid Id, string Title, string Description, string Address, bool IsForSuperusers)
{
    private static readonly (string Title, string Description, string Address, bool IsForSuperusers)[] Rows =
    [
        ("Profile", "Your name, e-mail address and picture", "/account#profile", false),
        ("Look", "Light, dark or as the system has it", "/account#look", false),
        ("Notifications", "What your browser tells you of while you look at something else", "/account#notifications", false),
        ("Password", "Change your password", "/account/password", false),
        ("Sign-in", "Where you are signed in, and what was done in your name", "/account/security", false),
        ("Access tokens", "API keys for scripts and other programs", "/account/tokens", false),
        ("Your data", "Export all that is yours as an archive, and import one", "/account/data", false),
        ("Providers", "API keys of providers, and their models", "/providers", false),
        ("Spending", "Budgets and limits of what your minions cost", "/providers/spending", false),
        ("Prices", "What models cost, and prices of your own", "/providers/prices", false),
        ("Tool servers", "MCP servers whose tools your minions call", "/tools/servers", false),
        ("Memory settings", "Whether minions remember, and how they recall", "/memories/settings", false),
        ("Models in memory", "Which personal models are loaded", "/personal-models/memory", false),
        ("People", "Administration: accounts and superusers", "/admin", true),
        ("Sign-up", "Administration: who may sign up, and invitations", "/admin/invitations", true),
        ("Work", "Administration: what everybody's jobs do", "/admin/work", true),
        ("Backups", "Administration: copies of everything here, and when they are made", "/admin/backups", true),
        ("Settings", "Administration: settings of this Republic", "/admin/settings", true),
        ("Allowed hosts", "Administration: addresses that may be reached", "/admin/hosts", true),
        ("Tool commands", "Administration: programs that may be tool servers", "/admin/tool-commands", true),
        ("Doctor", "Administration: what is wrong with this Republic, and what to do", "/admin/doctor", true),
        ("Audit log", "Administration: what was done here", "/admin/audit", true),
    ];

    public static IReadOnlyList<SettingPage> All { get; } =
    [.. Rows.Select((row, i) => new SettingPage(IdOf(i), row.Title, row.Description, row.Address, row.IsForSuperusers))];

    /// <summary>What the words are looked for in.</summary>
    internal string Text { get; } = $"{Title} {Description} settings".ToLowerInvariant();

    private static Guid IdOf(int index) => new(byte.MaxValue - index, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
