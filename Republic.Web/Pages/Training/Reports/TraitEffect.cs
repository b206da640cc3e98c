using Republic.Core;
using Republic.Core.Minions;
using Republic.Core.Training;
using Republic.Core.Training.Traits;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training.Reports;

/// <summary>What the chosen traits come to: what is left of slots and points, how they go together, and what the minion is told.</summary>
/// <param name="Now">What it is told today, with the words marked that go.</param>
/// <param name="Then">What the draft is told, with the words marked that are new.</param>
public sealed record TraitEffect(
    string Name,
    Level Level,
    TraitSelection Selection,
    IReadOnlyList<string> Problems,
    MarkedText Now,
    MarkedText Then
)
{
    private static readonly TraitCatalog Catalog = TraitCatalog.Embedded;

    public TraitSlots Allowed => TraitSlots.Of(Level);

    public int SlotsLeft => Allowed.Slots - Selection.Intensities.Count;

    public int PointsLeft => Allowed.Points - Selection.PointsSpent;

    public bool ShowsCompatibility => Level.Number >= TraitSlots.CompatibilityLevel;

    public double Compatibility => Selection.Compatibility(Catalog);

    /// <summary>In per cent.</summary>
    public double Bonus => 100 * Selection.EffectivenessBonus(Catalog);

    public IReadOnlyList<Trait> Chosen => [.. Selection.Chosen(Catalog).Select(chosen => chosen.Trait)];

    public bool Changes => Then.Parts.Any(part => part.Differs) || Now.Parts.Any(part => part.Differs);

    public static TraitEffect Of(Minion minion, TraitSelection selection)
    {
        var before = MinionSnapshot.Of(minion, []);
        // Without traits a run keeps what earlier ones wrote.
        var then =
            selection.Intensities.Count == 0
                ? before.Speaker()
                : before.Speaker(TraitPrompt.Enhance(before.Instructions, selection, Catalog), before.Adapter);
        var diff = WordDiff.Of(before.Speaker().SystemPrompt, then.SystemPrompt);
        return new TraitEffect(
            minion.Citizen.DisplayName,
            minion.Level,
            selection,
            [.. selection.Problems(Catalog, minion.Level).Select(problem => problem.Message)],
            new MarkedText(diff.Left, "del"),
            new MarkedText(diff.Right, "ins")
        );
    }
}
