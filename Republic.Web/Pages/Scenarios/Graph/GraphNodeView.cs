using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Scenarios.Graph;

/// <summary>A state as it is drawn.</summary>
/// <param name="Kind">start, action, decision, approval or end.</param>
/// <param name="TextX">Where its texts are anchored.</param>
/// <param name="Anchor">start or middle.</param>
/// <param name="Right">Where its badge is.</param>
/// <param name="Shape">The path of its border, from its upper left corner.</param>
/// <param name="Whole">Its whole texts where one was cut.</param>
/// <param name="Detail">What it is and who acts; null for those whose shape says it.</param>
/// <param name="Visits">How often it was entered, where that is more than once; null where it is not, or nothing is played.</param>
/// <param name="Description">What a screen reader says of it.</param>
public sealed record GraphNodeView(
    string Href,
    string Kind,
    string X,
    string Y,
    string TextX,
    string Anchor,
    string Right,
    string Baseline,
    string Shape,
    string Name,
    string? Whole,
    string? Detail,
    string DetailBaseline,
    string? Visits,
    bool IsVisited,
    string Description,
    bool IsSelected,
    bool IsBad
)
{
    // The number is written after these, and who says what they see must find it.
    private string Written => Detail is null ? Name : $"{Name} {Detail}";

    /// <summary>The same once it was entered so often.</summary>
    public GraphNodeView Visited(int times)
    {
        if (times == 0)
        {
            return this;
        }

        var entered = times == 1 ? "entered once" : $"{Figures.Count(times)} times entered";
        return this with
        {
            Visits = times > 1 ? Figures.Count(times) : null,
            IsVisited = true,
            Description = $"{Written} {entered}{(IsSelected ? ", now" : "")}{Description[Written.Length..]}",
        };
    }
}
