using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Episodes.Casting;
using Republic.Core.Episodes.Control;
using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Drafts;
using Republic.Core.Scenarios.Versions;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Episodes;

/// <summary>A new episode: who plays which role, what it may take, and what is used for it.</summary>
public sealed class NewModel(
    ScenarioCards scenarios,
    ScenarioVersions versions,
    CastChoices choices,
    EpisodeEditor editor,
    EpisodeControl control
) : PageModel
{
    private const int MostOffered = 100;

    [BindProperty(SupportsGet = true, Name = "scenario")]
    public Guid? ScenarioId { get; set; }

    [BindProperty]
    public NewEpisodeForm Input { get; set; } = new();

    /// <summary>Null where none is chosen.</summary>
    public ScenarioCard? Scenario { get; private set; }

    /// <summary>What is to be played; null where no scenario is chosen, or it was not published.</summary>
    public ScenarioDefinition? Definition { get; private set; }

    /// <summary>The scenarios to choose from, where none is chosen.</summary>
    public IReadOnlyList<ScenarioCard> Published { get; private set; } = [];

    public CastOffer Offer { get; private set; } = CastOffer.None;

    public Guid Me => CurrentPerson.From(User).Id;

    /// <summary>Those of the scenario, and what it leaves to the server.</summary>
    public ScenarioLimits Limits => EpisodeLimits.Over(EpisodeLimits.Default, Definition?.Limits);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        if (await LoadAsync(ct) is { } failure)
        {
            return this.Refuse(failure);
        }

        Input = new NewEpisodeForm { Request = Guid.CreateVersion7() };
        if (Definition is { } played)
        {
            Input.Complete(played, Offer.Choices);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await LoadAsync(ct) is { } failure)
        {
            return this.Refuse(failure);
        }

        if (ScenarioId is not { } scenario || Definition is not { } played)
        {
            return Page();
        }

        // Whatever was sent. Nobody is meant: whoever sends it has chosen.
        Input.Complete(played, []);
        var unreadable = ModelState.TakeUnreadable();
        var input = Input.ToInput(scenario, played, unreadable);
        var made =
            unreadable.Count > 0 ? Failure.Invalid(unreadable) : await editor.CreateAsync(Me, input, FormId.Of(Me, Input.Request), ct);
        if (!made.Ok)
        {
            return this.Refuse(Input.ToFormErrors(made.Failure));
        }

        // A second sending finds it started. What else keeps it from that has no place here any more: it is there, and says so.
        if (await control.StartAsync(Me, made.Value, ct) is { Ok: false, Failure: { Extensions: null } refused })
        {
            this.Toast("It was not started.", refused.Message, tone: "bad");
        }

        return LocalRedirect($"/episodes/{made.Value}");
    }

    private async Task<Failure?> LoadAsync(CancellationToken ct)
    {
        if (ScenarioId is not { } id)
        {
            var all = await scenarios.ListAsync(Me, words: null, isArchived: false, MostOffered, before: null, ct);
            Published = [.. all.Where(card => card.Version is not null)];
            return null;
        }

        var found = await scenarios.FindAsync(Me, id, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        Scenario = found.Value;
        Definition = Scenario.Version is { } version ? (await versions.DefinitionAsync(Me, id, version, ct)).Value : null;
        Offer = Definition is { } played ? await choices.ReadAsync(Me, played, ct) : CastOffer.None;
        return null;
    }
}
