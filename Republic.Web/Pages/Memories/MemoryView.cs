using Republic.Core.Memories;

namespace Republic.Web.Pages.Memories;

/// <summary>What minions remember of the person who looks, as the page shows it.</summary>
/// <param name="All">A page of it, the newest first.</param>
/// <param name="Minions">All that could remember something, by name.</param>
/// <param name="Minion">Only what this one remembers; null: all.</param>
/// <param name="Before">The last memory of the page before this one; null on the first.</param>
public sealed record MemoryView(
    IReadOnlyList<MemoryCard> All,
    IReadOnlyList<(Guid Id, string Name)> Minions,
    Guid? Minion,
    string? Words,
    Guid? Before
)
{
    /// <summary>The newest contradictions that wait for the person; none where words are searched for, or older memories are looked at.</summary>
    public required IReadOnlyList<MemoryCase> Open { get; init; }

    /// <summary>The last memory of this page; null where no page follows.</summary>
    public required Guid? Older { get; init; }

    /// <summary>Without regard to words and pages.</summary>
    public required MemoryCounts Counts { get; init; }

    public required bool IsOn { get; init; }

    public IReadOnlyList<MemoryCard> Proposed => [.. All.Where(m => m.Status == MemoryStatus.Proposed)];

    public IReadOnlyList<MemoryCard> Used => [.. All.Where(m => m.Status == MemoryStatus.Active)];

    public IReadOnlyList<MemoryCard> Superseded => [.. All.Where(m => m.Status == MemoryStatus.Superseded)];

    public static string Address(Guid? minion, string? words, Guid? before) =>
        $"/memories?minion={minion}&words={Uri.EscapeDataString(words ?? "")}{(before is { } last ? $"&before={last}" : "")}";

    public string Here => Address(Minion, Words, Before);

    public string Action(string handler, Guid? id = null) => $"{Here}&handler={handler}{(id is null ? "" : $"&id={id}")}";

    /// <summary>The number beside a heading: of all, or of those that hold the words searched for; null where this page cannot tell it.</summary>
    public int? Number(int all, int shown) =>
        string.IsNullOrWhiteSpace(Words) ? all
        : Before is null && Older is null ? shown
        : null;

    /// <summary>What the person came to learn.</summary>
    public string Sentence
    {
        get
        {
            if (!IsOn)
            {
                return "Remembering is switched off. What is here is kept, and no answer is given it.";
            }

            List<string> waiting =
            [
                .. Counts.Proposed > 0
                    ? [$"{Counts.Proposed} {(Counts.Proposed == 1 ? "waits" : "wait")} for your word"]
                    : Array.Empty<string>(),
                .. Counts.Cases > 0
                    ? [$"{Counts.Cases} {(Counts.Cases == 1 ? "contradiction waits" : "contradictions wait")} for your decision"]
                    : Array.Empty<string>(),
            ];
            var known = Counts.Used switch
            {
                0 => "Nothing is remembered of you yet",
                1 => "One thing is remembered of you",
                var count => $"{count} things are remembered of you",
            };
            return waiting.Count == 0 ? $"{known}." : $"{known}; {string.Join(", ", waiting)}.";
        }
    }
}
