using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Measuring;
using Republic.Core.Minions;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Knowledge;

/// <summary>How well the collection is searched: golden questions, what they find, and what is made of them.</summary>
public sealed class QualityModel(
    CollectionCards cards,
    GoldenQuestions questions,
    RetrievalQuality quality,
    QuestionDrafts drafts,
    RepublicDb db
) : CollectionPage(cards)
{
    public override string Tab => "quality";

    public QualityView View { get; private set; } = null!;

    /// <summary>Minions that can draft questions.</summary>
    public IReadOnlyList<Minion> Drafters { get; private set; } = [];

    [BindProperty]
    public Guid? Minion { get; set; }

    [BindProperty]
    public string? Count { get; set; } = "10";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var shown = await ShowAsync(ct);
        return !shown.Ok ? this.Refuse(shown.Failure)
            : Request.IsHtmx() ? Partial("_Quality", this)
            : Page();
    }

    public async Task<IActionResult> OnPostMeasureAsync([FromServices] RetrievalMeasure measure, CancellationToken ct) =>
        await DoneAsync(await measure.NowAsync(Me, Id, ct), ct);

    public async Task<IActionResult> OnPostDraftAsync(CancellationToken ct) =>
        await DoneAsync(
            int.TryParse(Count, out var count)
                ? await drafts.StartAsync(Me, Id, Minion ?? Guid.Empty, count, ct)
                : Failure.Invalid("count", $"1 to {QuestionDrafts.MostAtOnce} questions can be drafted at once."),
            ct
        );

    public async Task<IActionResult> OnPostCancelAsync(CancellationToken ct) => await DoneAsync(await drafts.CancelAsync(Me, Id, ct), ct);

    public async Task<IActionResult> OnPostDatasetAsync(
        [FromServices] CollectionRows rows,
        bool fromQuestions,
        bool fromPassages,
        CancellationToken ct
    )
    {
        var made = await rows.MakeAsync(Me, Id, new(null, fromQuestions, fromPassages), ct);
        return made.Ok ? LocalRedirect($"/datasets/{made.Value}") : await DoneAsync(made, ct);
    }

    private async Task<IActionResult> DoneAsync(Outcome<Guid> outcome, CancellationToken ct)
    {
        if (outcome.Ok)
        {
            return LocalRedirect($"/knowledge/{Id}/quality");
        }

        var shown = await ShowAsync(ct);
        return this.Refuse(shown.Ok ? outcome.Failure : shown.Failure, "");
    }

    private async Task<Outcome<CollectionCard>> ShowAsync(CancellationToken ct)
    {
        var loaded = await LoadAsync(ct);
        var found = loaded.Ok ? await quality.FindAsync(Me, Id, ct) : loaded.Failure;
        var all = found.Ok ? await questions.ListAsync(Me, Id, ct) : found.Failure;
        if (!all.Ok)
        {
            return all.Failure;
        }

        View = new QualityView(found.Value!, all.Value);
        var minions = await db.Minions.Live().OwnedBy(Me).AsNoTracking().OrderBy(m => m.Citizen.DisplayName).ToListAsync(ct);
        Drafters = minions.FindAll(drafts.CanDraft);
        return loaded;
    }
}
