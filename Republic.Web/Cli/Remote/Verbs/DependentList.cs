using System.Text.Json;

namespace Republic.Web.Cli.Remote.Verbs;

/// <summary>What depends on a model, a line for each kind.</summary>
internal static class DependentList
{
    private const int MostNames = 10;

    private static readonly (string Member, string Label)[] Kinds =
    [
        ("minions", "minions that answer with it"),
        ("fallbacks", "minions that fall back on it"),
        ("adapters", "adapters trained on it"),
        ("runs", "training runs with it"),
        ("collections", "collections searched with it"),
        ("scenarios", "scenarios with a role that names it"),
        ("copies", "copies made of it, which stay"),
    ];

    /// <param name="dependents">As <c>GET /api/personal-models/{id}/dependents</c> sends them.</param>
    public static IReadOnlyList<string> Of(JsonElement dependents)
    {
        var lines =
            from kind in Kinds
            let names = (dependents.Member(kind.Member, JsonValueKind.Array)?.EnumerateArray() ?? []).Select(Name).ToList()
            where names.Count > 0
            select $"{kind.Label}: {string.Join(", ", names.Take(MostNames))}{(names.Count > MostNames ? $" and {names.Count - MostNames} more" : "")}";
        return dependents.Member("memories", JsonValueKind.True) is null ? [.. lines] : [.. lines, "your memories are searched with it"];
    }

    private static string Name(JsonElement dependent)
    {
        var minion = dependent.Member("minion", JsonValueKind.String)?.Text();
        var name = dependent.Text() ?? dependent.Member("name", JsonValueKind.String)?.Text() ?? minion;
        var version = dependent.Member("version", JsonValueKind.Number) is { } number ? $"version {number} of " : "";
        var active = dependent.Member("is_active", JsonValueKind.True) is null ? "" : " (not over)";
        return RemoteText.OneLine(
            $"{version}{name ?? dependent.Member("id", JsonValueKind.String)?.Text() ?? "one without a name"}{active}"
        );
    }
}
