using Republic.Core.Memories;

namespace Republic.Web.Pages.Memories;

/// <summary>What minions remember of the person who looks, as the page shows it.</summary>
/// <param name="Minions">All that could remember something, by name.</param>
/// <param name="Minion">Only what this one remembers; null: all.</param>
public sealed record MemoryView(
    IReadOnlyList<MemoryCard> All,
    IReadOnlyList<MemoryCase> Cases,
    IReadOnlyList<(Guid Id, string Name)> Minions,
    Guid? Minion,
    string? Words,
    bool IsOn
)
{
    private readonly HashSet<Guid> undecided = [.. Cases.SelectMany(c => c.Undecided)];

    public IReadOnlyList<MemoryCard> Proposed => [.. All.Where(m => m.Status == MemoryStatus.Proposed && !undecided.Contains(m.Id))];

    public IReadOnlyList<MemoryCard> Used => [.. All.Where(m => m.Status == MemoryStatus.Active && !undecided.Contains(m.Id))];

    public IReadOnlyList<MemoryCard> Superseded => [.. All.Where(m => m.Status == MemoryStatus.Superseded)];

    public IReadOnlyList<MemoryCase> Open => Minion is { } one ? [.. Cases.Where(c => c.Newer.MinionId == one)] : Cases;

    public string Here => $"/memories?minion={Minion}&words={Uri.EscapeDataString(Words ?? "")}";

    public string Action(string handler, Guid? id = null) => $"{Here}&handler={handler}{(id is null ? "" : $"&id={id}")}";

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
                .. Proposed.Count > 0
                    ? [$"{Proposed.Count} {(Proposed.Count == 1 ? "waits" : "wait")} for your word"]
                    : Array.Empty<string>(),
                .. Open.Count > 0
                    ? [$"{Open.Count} {(Open.Count == 1 ? "contradiction waits" : "contradictions wait")} for your decision"]
                    : Array.Empty<string>(),
            ];
            var known = Used.Count switch
            {
                0 => "Nothing is remembered of you yet",
                1 => "One thing is remembered of you",
                var count => $"{count} things are remembered of you",
            };
            return waiting.Count == 0 ? $"{known}." : $"{known}; {string.Join(", ", waiting)}.";
        }
    }
}
