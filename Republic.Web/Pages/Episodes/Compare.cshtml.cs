using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Episodes.Reading;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Episodes;

/// <summary>Two timelines of an episode side by side.</summary>
public sealed class CompareModel(EpisodeReader reader, EpisodeJournalReader journals) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>Null for the timeline that the other was forked from, or the first.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? From { get; set; }

    /// <summary>Null for the newest timeline.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? To { get; set; }

    public EpisodeView View { get; private set; } = null!;

    public IReadOnlyList<TimelineCard> Timelines { get; private set; } = [];

    /// <summary>Empty where there is only one timeline.</summary>
    public IReadOnlyList<DifferenceCard> Differences { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        return await LoadAsync(CurrentPerson.From(User).Id, ct) is { } failure ? this.Refuse(failure) : Page();
    }

    private async Task<Failure?> LoadAsync(Guid me, CancellationToken ct)
    {
        var (found, timelines) = (await reader.FindAsync(me, Id, timeline: null, ct), await journals.TimelinesAsync(me, Id, ct));
        if (!found.Ok || !timelines.Ok)
        {
            return found.Failure ?? timelines.Failure;
        }

        (View, Timelines) = (found.Value, timelines.Value);
        To ??= Timelines[^1].Id;
        From ??= Timelines.FirstOrDefault(one => one.Id == To)?.ParentId ?? Timelines[0].Id;
        var compared = await journals.CompareAsync(me, Id, From.Value, To.Value, ct);
        Differences = compared.Value ?? [];
        return compared.Failure;
    }
}
