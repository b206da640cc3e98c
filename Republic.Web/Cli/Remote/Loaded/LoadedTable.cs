using Republic.Core;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Cli.Remote.Loaded;

/// <summary>The output of <c>republic ps</c>: a line for each model in memory, one for each that waits for memory, and the memory.</summary>
internal static class LoadedTable
{
    private const int LongestName = 40;

    private static readonly (string Heading, bool IsNumber, Func<RemoteLoadedModel, string> Text)[] Columns =
    [
        ("Name", false, model => Name(model.Name) ?? "(of another person)"),
        ("Memory", true, model => Size(model.Bytes)),
        ("Context", true, model => Number(model.ContextLength)),
        ("Slots", true, model => model.Slots is { } slots ? $"{Number(model.Active ?? 0)}/{Number(slots)}" : ""),
        ("Speed", true, model => model.TokensPerSecond is { } speed ? Figures.Speed(speed) : ""),
        ("Waiting", true, model => Number(model.Waiting)),
        ("Unloaded", false, Until),
    ];

    public static string Of(RemoteLoaded loaded)
    {
        var models = (loaded.Models ?? []).OfType<RemoteLoadedModel>().ToList();
        string[] lines =
        [
            models.Count == 0 ? "No model is in memory." : TextTable.Of(Columns, models),
            .. (loaded.Waiting ?? []).OfType<RemoteWaitingModel>().Select(Waits),
            .. loaded.Memory is { } memory ? [Memory(memory)] : Array.Empty<string>(),
        ];
        return string.Join('\n', lines.Where(line => line.Length > 0));
    }

    private static string Until(RemoteLoadedModel model) =>
        model.Pinned == true ? "never, pinned"
        : model.UnloadsInSeconds is >= 0 and < 1e9 and var seconds ? $"in {Figures.About(TimeSpan.FromSeconds(seconds))}"
        : model.Active > 0 ? "in use"
        : "";

    private static string Waits(RemoteWaitingModel waiting)
    {
        var name = Name(waiting.Name) ?? "A model of another person";
        var need = waiting.NeedBytes is { } bytes ? $"{ByteSize.Of(bytes)} of memory" : "memory";
        string[] details =
        [
            waiting.Requests is { } requests ? Figures.Count(requests, "request") : "",
            waiting.Seconds is >= 0 and < 1e9 and var seconds ? $"since {Figures.Clock(seconds)}" : "",
        ];
        var known = string.Join(", ", details.Where(detail => detail.Length > 0));
        return $"{name} waits for {need}{(known.Length > 0 ? $" ({known})" : "")}.";
    }

    private static string Memory(RemoteMemory memory)
    {
        var planned = memory.PlannedBytes is { } bytes
            ? $"Memory: {ByteSize.Of(bytes)}{(memory.BudgetBytes is { } budget ? $" of {ByteSize.Of(budget)}" : "")} planned"
            : "";
        var process = memory.ProcessBytes is { } taken ? $"the process takes {ByteSize.Of(taken)}" : "";
        return string.Join("; ", new[] { planned, process }.Where(part => part.Length > 0));
    }

    private static string? Name(string? name) =>
        RemoteText.OneLine(name) is { Length: > 0 } plain ? RemoteText.Cut(plain, LongestName) : null;

    private static string Size(long? bytes) => bytes is { } known ? ByteSize.Of(known) : "";

    private static string Number(long? number) => number is { } known ? Figures.Count(known) : "";
}
