using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Events;
using Republic.Core.Training.Runs;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training;

public sealed class IndexModel(
    TrainingCards cards,
    TrainingControl control,
    TrainingEditor editor,
    LiveEvents live,
    IModelMetadataProvider metadata
) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public TrainingStatus? Status { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Minion { get; set; }

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Words { get; set; }

    /// <summary>The last run of the page before this one.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Before { get; set; }

    public Guid Me => CurrentPerson.From(User).Id;

    public IReadOnlyList<TrainingCard> Rows { get; private set; } = [];

    public IReadOnlyDictionary<TrainingStatus, int> Counts { get; private set; } = new Dictionary<TrainingStatus, int>();

    /// <summary>Those that runs were made for.</summary>
    public IReadOnlyDictionary<Guid, string> Minions { get; private set; } = new Dictionary<Guid, string>();

    public Guid? Older { get; private set; }

    public string LivePosition { get; private set; } = "";

    public int Total => Counts.Values.Sum();

    public string Sentence => RunSentence.Of(Counts);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        // Before anything is read, so that nothing which happens meanwhile is missed.
        LivePosition = live.Position(Me);
        Words = TypedText.Plain(Words);
        Counts = await cards.CountsAsync(Me, ct);
        Minions = await cards.MinionsAsync(Me, ct);
        var found = await cards.ListAsync(Me, new TrainingFilter(Status, Minion, Words), PageSize + 1, Before, ct);
        Rows = [.. found.Take(PageSize)];
        Older = found.Count > PageSize ? Rows[^1].Id : null;
        return Request.IsHtmx() ? Partial("_List", this) : Page();
    }

    public async Task<IActionResult> OnGetRowAsync(Guid id, CancellationToken ct)
    {
        var card = await cards.FindAsync(Me, id, ct);
        return card.Ok ? Partial("_RunRow", card.Value) : this.Refuse(card.Failure);
    }

    public async Task<IActionResult> OnPostStartAsync(Guid id, CancellationToken ct) => Done(await control.StartAsync(Me, id, ct));

    public async Task<IActionResult> OnPostStopAsync(Guid id, CancellationToken ct) => Done(await control.StopAsync(Me, id, ct));

    public async Task<IActionResult> OnPostDeleteAsync(Guid id, CancellationToken ct) =>
        Done(await editor.DeleteAsync(Me, id, ct), "The run is deleted.", "Versions that it made stay with the minion.");

    /// <summary>This page with another choice; a null takes the choice away.</summary>
    public string Address(TrainingStatus? status, Guid? before = null)
    {
        var chosen = new Dictionary<string, string?>
        {
            ["status"] = status?.ToString(),
            ["minion"] = Minion?.ToString(),
            ["q"] = Words,
            ["before"] = before?.ToString(),
        };
        return "/training" + QueryString.Create(chosen.Where(pair => pair.Value is not null));
    }

    private IActionResult Done(Outcome<Guid> outcome, string? fact = null, string meaning = "")
    {
        if (outcome.Failure is { } failure)
        {
            if (Request.IsHtmx() || failure.Kind == FailureKind.NotFound)
            {
                return Request.IsHtmx()
                    ? ErrorToast.Result(Response, metadata, failure.StatusCode(), failure.Message)
                    : this.Refuse(failure);
            }

            this.Toast(failure.Message, tone: "bad");
        }
        else if (fact is not null)
        {
            this.Toast(fact, meaning);
        }

        if (!Request.IsHtmx())
        {
            return LocalRedirect("/training");
        }

        Response.HxTrigger("runs");
        return new NoContentResult();
    }
}
