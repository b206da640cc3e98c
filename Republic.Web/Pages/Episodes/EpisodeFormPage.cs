using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Events;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Episodes.Stage;

namespace Republic.Web.Pages.Episodes;

/// <summary>A page that shows an episode, and on which forms are sent and may be refused.</summary>
public abstract class EpisodeFormPage(EpisodePageReader pages, LiveEvents live) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The timeline to see; null for the one that is shown.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Timeline { get; set; }

    /// <summary>The number of the step from which the transcript is shown; null for its end.</summary>
    [BindProperty(SupportsGet = true)]
    public long? From { get; set; }

    /// <summary>The role as which a viewer who sees everything looks at it; null for none.</summary>
    [BindProperty(SupportsGet = true)]
    public string? As { get; set; }

    /// <summary>The timeline that a form was made for.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? On { get; set; }

    [BindProperty]
    public EpisodeForm Input { get; set; } = new();

    /// <summary>The form that was refused, or is asked for: it stands open.</summary>
    public string? Open { get; protected set; }

    /// <summary>The form that was sent and refused, with what was typed in it; null where none was.</summary>
    public string? Refused => ModelState.IsValid ? null : Open;

    public Guid Me => CurrentPerson.From(User).Id;

    public EpisodePage Episode { get; private set; } = null!;

    public string LivePosition { get; private set; } = "";

    protected Task<IActionResult> DoneAsync(Outcome<Guid> done, string? said, CancellationToken ct) =>
        DoneAsync(done, said, form: null, ct);

    /// <param name="form">The form that was sent, where its fields stand within <see cref="EpisodeForm"/>.</param>
    protected async Task<IActionResult> DoneAsync(Outcome<Guid> done, string? said, string? form, CancellationToken ct)
    {
        if (done.Ok)
        {
            return Led($"/episodes/{Id}{new EpisodeQuery(Timeline, null, As).ToQueryString()}", said);
        }

        Open = form;
        var failure = done.Failure;
        var missing = await LoadAsync(ct);
        if (missing is { Kind: FailureKind.NotFound } && On is not null)
        {
            // Whoever plays sees the timeline that is shown alone, and by now that is another one. What they wrote stands beside it.
            (On, Timeline) = (null, null);
            failure = Failure.Conflict("Another timeline is shown by now. Look at it before you go on: what you wrote is still here.");
            missing = await LoadAsync(ct);
        }

        var prefix = form is null ? "Input" : $"Input.{char.ToUpperInvariant(form[0])}{form[1..]}";
        return this.Refuse(missing ?? (form is null ? CastForm.ToFormErrors(failure, Input.Cast) : CastForm.ToFormErrors(failure)), prefix);
    }

    protected IActionResult Led(string address, string? said)
    {
        if (said is not null)
        {
            this.Toast(said);
        }

        return LocalRedirect(address);
    }

    protected async Task<Failure?> LoadAsync(CancellationToken ct)
    {
        // Before anything is read, so that nothing which happens meanwhile is missed.
        LivePosition = live.Position(Me);
        var found = await pages.FindAsync(Me, Id, new EpisodeQuery(On ?? Timeline, From, As), ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        Episode = found.Value with { Query = found.Value.Query with { Timeline = Timeline } };
        var typed = CastForm.ByRole(Input.Cast);
        Input.Cast = CastForm.Of(
            Episode.View.Definition,
            Episode.Choices,
            role => new CastForm
            {
                Citizen = typed.GetValueOrDefault(role)?.Citizen ?? Episode.CitizenOf(role),
                Description = typed.TryGetValue(role, out var line) ? line.Description : Episode.DescriptionOf(role),
            }
        );
        return null;
    }
}
