using System.Globalization;
using Republic.Core;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Drawing;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Scenarios.Graph;

/// <summary>The states of a scenario and the transitions between them, as a picture.</summary>
/// <param name="Label">How many there are.</param>
public sealed record ScenarioGraph(
    string Width,
    string Height,
    bool IsWide,
    string Label,
    IReadOnlyList<GraphNodeView> Nodes,
    IReadOnlyList<GraphEdgeView> Edges
)
{
    private const double NameSize = 13;
    private const double DetailSize = 11;
    private const double LabelSize = 11.5;
    private const int LongestName = 26;
    private const int LongestDetail = 32;
    private const int LongestLabel = 24;

    /// <summary>Left of the texts of actions and approvals, and right of the longer one.</summary>
    private const double Inset = 14;

    /// <summary>A wider one is not drawn smaller to fit a page: nobody could read it.</summary>
    private const double WidestWhole = 1000;

    /// <param name="link">The address of a state, by its name.</param>
    /// <param name="selected">The name of a state that stands out.</param>
    /// <param name="bad">The names of states with errors.</param>
    /// <param name="taken">Transitions that stand out: the name of their state and their number in it.</param>
    /// <param name="visits">How often a state was entered, by its name; null where nothing is played.</param>
    public static ScenarioGraph Of(
        ScenarioDefinition definition,
        Func<string, string> link,
        string? selected,
        IReadOnlyCollection<string> bad,
        IReadOnlyCollection<(string From, int Index)>? taken = null,
        Func<string, int>? visits = null
    )
    {
        var states = definition.States.DistinctBy(state => state.Name).ToList();
        var transitions = states
            .SelectMany(state => state.Next.Select((transition, i) => (From: state.Name, Index: i, Transition: transition)))
            .ToList();
        var picture = GraphLayout.Arrange(states.ConvertAll(Node), transitions.ConvertAll(one => Edge(one.From, one.Transition)));
        return new ScenarioGraph(
            Number(picture.Width),
            Number(picture.Height),
            picture.Width > WidestWhole,
            $"{Figures.Count(states.Count, "state")}, {Figures.Count(transitions.Count, "transition")}",
            [
                .. states.Select(
                    (state, i) =>
                        View(state, picture.Nodes[i], link(state.Name), state.Name == selected, bad.Contains(state.Name))
                            .Visited(visits?.Invoke(state.Name) ?? 0)
                ),
            ],
            [
                .. picture.Edges.Select(edge =>
                    View(
                        edge,
                        transitions[edge.Index].Transition,
                        taken?.Contains((transitions[edge.Index].From, transitions[edge.Index].Index)) == true
                    )
                ),
            ]
        );
    }

    /// <summary>What decides about a transition, in a few words; null where it always is taken.</summary>
    public static string? Words(TransitionDefinition transition) =>
        transition.Kind switch
        {
            TransitionKind.When or TransitionKind.Manual => transition.Condition ?? "…",
            TransitionKind.Ask => $"“{transition.Condition ?? "…"}”",
            TransitionKind.Else => "otherwise",
            _ => null,
        };

    /// <summary>What a state is, and who acts in it.</summary>
    public static string Detail(StateDefinition state) =>
        state.Roles.Count == 0 ? TypeOf(state) : $"{TypeOf(state)} · {string.Join(", ", state.Roles.Select(ElementName.Of))}";

    public static string TypeOf(StateDefinition state) => state.Type.ToString().ToLowerInvariant();

    private static GraphNode Node(StateDefinition state)
    {
        var name = TextWidth.Of(Cut(ElementName.Of(state.Name), LongestName), NameSize);
        var width = state.Type switch
        {
            NodeType.Decision => (name / 0.68) + 20,
            NodeType.Start or NodeType.End => name + 44,
            _ => Math.Max(name, TextWidth.Of(Cut(Detail(state), LongestDetail), DetailSize)) + (2 * Inset),
        };
        width = Math.Ceiling(Math.Max(width, 92));
        return new GraphNode(state.Name, width, HeightOf(state), state.Type == NodeType.Decision ? 0 : width - 60);
    }

    private static double HeightOf(StateDefinition state) =>
        state.Type switch
        {
            NodeType.Decision => 64,
            NodeType.Start or NodeType.End => 44,
            _ => 52,
        };

    private static GraphEdge Edge(string from, TransitionDefinition transition) =>
        new(
            from,
            transition.To,
            Words(transition) is { } words ? TextWidth.Of(Cut(words, LongestLabel), LabelSize) + 8 : 0,
            transition.Kind == TransitionKind.Always ? 0 : 18
        );

    private static GraphNodeView View(StateDefinition state, PlacedNode at, string href, bool isSelected, bool isBad)
    {
        var hasDetail = state.Type is NodeType.Action or NodeType.Approval;
        var (name, detail) = (ElementName.Of(state.Name), hasDetail ? Detail(state) : null);
        var (shownName, shownDetail) = (Cut(name, LongestName), detail is null ? null : Cut(detail, LongestDetail));
        return new GraphNodeView(
            href,
            TypeOf(state),
            Number(at.X),
            Number(at.Y),
            Number(hasDetail ? Inset : at.Width / 2),
            hasDetail ? "start" : "middle",
            Number(at.Width - 6),
            Number((at.Height / 2) + (hasDetail ? -3 : 4.5)),
            Shape(state.Type, at),
            shownName,
            shownName == name && shownDetail == detail ? null
                : detail is null ? name
                : $"{name}, {detail}",
            shownDetail,
            Number((at.Height / 2) + 14),
            Visits: null,
            IsVisited: false,
            Description(state, shownName, shownDetail, isBad),
            isSelected,
            isBad
        );
    }

    // It begins with what is written in the node, so that who says what they see finds it.
    private static string Description(StateDefinition state, string shownName, string? shownDetail, bool isBad)
    {
        var whole = ElementName.Of(state.Name) == shownName ? "" : $", {ElementName.Of(state.Name)}";
        var result = state.Result is { } end ? $", {end.ToString().ToLowerInvariant()}" : "";
        var detail = shownDetail is null ? $", {TypeOf(state)}{result}" : $" {shownDetail}";
        return $"{shownName}{detail}{whole}{(isBad ? ", has an error" : "")}";
    }

    private static GraphEdgeView View(PlacedEdge edge, TransitionDefinition transition, bool isTaken)
    {
        var words = Words(transition);
        var shown = words is null ? null : Cut(words, LongestLabel);
        return new GraphEdgeView(
            EdgePath.Of(edge.Points),
            shown,
            shown == words ? null : words,
            Number(edge.Label?.X ?? 0),
            Number((edge.Label?.Y ?? 0) + 4),
            isTaken
        );
    }

    private static string Shape(NodeType type, PlacedNode at)
    {
        var (w, h) = (at.Width, at.Height);
        if (type != NodeType.Decision)
        {
            var r = type is NodeType.Start or NodeType.End ? h / 2 : 8;
            return $"M{Number(r)} 0H{Number(w - r)}A{Number(r)} {Number(r)} 0 0 1 {Number(w)} {Number(r)}V{Number(h - r)}"
                + $"A{Number(r)} {Number(r)} 0 0 1 {Number(w - r)} {Number(h)}H{Number(r)}A{Number(r)} {Number(r)} 0 0 1 0 {Number(h - r)}"
                + $"V{Number(r)}A{Number(r)} {Number(r)} 0 0 1 {Number(r)} 0Z";
        }

        // A diamond whose corners are rounded a little: each side stops short of them.
        var (x, y) = (w / 2, h / 2);
        var (dx, dy) = (8.0, 8 * h / w);
        return $"M{Number(x - dx)} {Number(dy)}Q{Number(x)} 0 {Number(x + dx)} {Number(dy)}L{Number(w - dx)} {Number(y - dy)}"
            + $"Q{Number(w)} {Number(y)} {Number(w - dx)} {Number(y + dy)}L{Number(x + dx)} {Number(h - dy)}"
            + $"Q{Number(x)} {Number(h)} {Number(x - dx)} {Number(h - dy)}L{Number(dx)} {Number(y + dy)}Q0 {Number(y)} {Number(dx)} {Number(y - dy)}Z";
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text.AtMost(length - 1) + "…";

    private static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
