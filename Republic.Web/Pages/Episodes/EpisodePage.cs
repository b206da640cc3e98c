using Republic.Core.Episodes;
using Republic.Core.Episodes.Casting;
using Republic.Core.Episodes.Machine;
using Republic.Core.Episodes.Reading;
using Republic.Core.Scenarios.Definitions;
using Republic.Web.Pages.Episodes.Stage;

namespace Republic.Web.Pages.Episodes;

/// <summary>An episode with all that its page shows beside it.</summary>
/// <param name="Timelines">The oldest first.</param>
/// <param name="Offer">Who may play; nobody for whoever did not begin it.</param>
/// <param name="Query">What of it is seen.</param>
public sealed record EpisodePage(EpisodeWindow Window, IReadOnlyList<TimelineCard> Timelines, CastOffer Offer, EpisodeQuery Query)
{
    public EpisodeView View { get; } = Query.As is { } role ? Window.Episode.SeenAs(role) : Window.Episode;

    public IReadOnlyList<CastChoice> Choices => Offer.Choices;

    public string Path => $"/episodes/{View.Id}";

    /// <summary>What is seen now.</summary>
    public string Here => Path + Query.ToQueryString();

    /// <summary>The end of the transcript.</summary>
    public string Newest => Path + (Query with { From = null }).ToQueryString();

    public string From(long seq) => Path + (Query with { From = seq }).ToQueryString();

    public string ForkAddress(StepCard step) => $"{Path}{Query.ToQueryString(("fork", $"{step.Seq}"))}#fork";

    /// <summary>The address of a form. It names the timeline that is seen, whichever is shown by then.</summary>
    public string Action(string handler) => Path + Query.ToQueryString(("handler", handler), ("on", $"{View.TimelineId}"));

    /// <summary>The role in which the viewer is to act now; null where it is not their turn.</summary>
    public string? ActsAs =>
        View is { Phase: EpisodePhase.Waiting, Wait: EpisodeWait.Person } ? View.WaitingFor.FirstOrDefault(View.MyRoles.Contains) : null;

    /// <summary>The roles that get to know what is said now.</summary>
    public IReadOnlyList<string> Hearing => Heard(View.Definition, View.CurrentState);

    /// <summary>The step that is under way, or is next; null where none is.</summary>
    public StepCard? Acting => View.Steps.LastOrDefault(step => step.IsOpen);

    public ScenarioLimits Limits => EpisodeLimits.Over(EpisodeLimits.Over(EpisodeLimits.Default, View.Limits), View.Config.Limits);

    public bool IsOver => View.Phase == EpisodePhase.Over;

    public IReadOnlyList<string> Roles => [.. View.Definition.Roles.Select(role => role.Name)];

    /// <summary>A viewer who began it and plays in it sees their own view, until they look behind it.</summary>
    public bool CanLookBehind => View is { IsOwner: true, SeesAll: false };

    public AssignmentCard? PlayerOf(string role) =>
        View.Assignments.LastOrDefault(assignment => assignment.Role == role && assignment.UntilSeq is null);

    /// <summary>Who plays a role now, or is to.</summary>
    public Guid? CitizenOf(string role) => PlayerOf(role)?.UserId ?? View.Config.Cast.GetValueOrDefault(role)?.Citizen;

    /// <summary>How a role is played here; null where nothing was said of it, or the viewer does not get to know.</summary>
    public string? DescriptionOf(string role) =>
        PlayerOf(role) is { } player ? player.Description : View.Config.Cast.GetValueOrDefault(role)?.Description;

    public CastChoice? Face(Guid? citizen) => Offer.Find(citizen);

    public bool Knows(string role) => View.SeesAll || View.MyRoles.Contains(role);

    public string KnowsAddress(string role) => $"{Path}/knows/{role}{new EpisodeQuery(Query.Timeline).ToQueryString()}";

    private static IReadOnlyList<string> Heard(ScenarioDefinition definition, string? name)
    {
        var state = definition.State(name ?? "");
        return state?.Audience switch
        {
            { Kind: Core.Scenarios.AudienceKind.All } => [.. definition.Roles.Select(role => role.Name)],
            { Kind: Core.Scenarios.AudienceKind.Listed } listed => listed.Roles,
            _ => state?.Roles ?? [],
        };
    }
}
