namespace Republic.Web.Pages.Shared;

/// <summary>The page of help that fits a page of the app.</summary>
internal static class PageHelp
{
    /// <summary>By how the address begins, in which a star is any one segment; the first that fits counts.</summary>
    internal static readonly IReadOnlyList<(string Begin, string Help)> Pages =
    [
        ("/training/chats", "/help/training#from-your-chats"),
        ("/training/compare", "/help/training#comparing-versions"),
        ("/training/comparisons", "/help/training#comparing-versions"),
        ("/training/schedules", "/help/training#schedules"),
        ("/training/calibration", "/help/training#grading"),
        ("/training", "/help/training"),
        ("/providers/spending", "/help/spending"),
        ("/providers/prices", "/help/spending#what-a-call-costs"),
        ("/providers", "/help/providers"),
        ("/models/*/tools", "/help/tools"),
        ("/models", "/help/first-steps#your-first-minion"),
        ("/chats", "/help/first-steps#chats"),
        ("/tasks", "/help/tasks"),
        ("/search", "/help/search"),
        ("/tools/calls", "/help/tool-approval"),
        ("/tools/servers", "/help/tool-servers"),
        ("/scenarios", "/help/scenarios"),
        ("/episodes", "/help/episodes"),
        ("/citizens", "/help/first-steps#work"),
        ("/datasets", "/help/datasets"),
        ("/knowledge", "/help/knowledge"),
        ("/memories", "/help/memories"),
        ("/analytics", "/help/figures"),
        ("/personal-models", "/help/personal-models"),
        ("/admin/backups", "/help/backup#on-a-schedule"),
        ("/admin/doctor", "/help/doctor"),
        ("/admin", "/help/administration"),
        ("/account/delete", "/help/personal-data#what-an-account-leaves-behind"),
        ("/account/data", "/help/your-data"),
        ("/account", "/help/first-steps#your-account"),
    ];

    public static string Page(PathString path)
    {
        var segments = (path.Value ?? "").Split('/');
        return Pages.Where(page => Fits(page.Begin.Split('/'), segments)).Select(page => page.Help).FirstOrDefault("/help");
    }

    private static bool Fits(string[] begin, string[] segments) =>
        begin.Length <= segments.Length
        && begin.Zip(segments).All(pair => pair.First == "*" || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
}
