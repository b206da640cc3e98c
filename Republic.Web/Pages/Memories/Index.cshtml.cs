using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Memories;
using Republic.Core.Minions;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Memories;

/// <summary>What minions remember of the person, to be decided on, changed and forgotten.</summary>
public sealed class IndexModel(MemoryCards cards, MemoryEditor editor, MemorySwitch settings, RepublicDb db, LiveEvents live) : PageModel
{
    private const int PageSize = 100;

    [BindProperty]
    public MemoryForm Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public Guid? Minion { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Words { get; set; }

    /// <summary>The last memory of the page before this one.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Before { get; set; }

    public Guid Me => CurrentPerson.From(User).Id;

    public MemoryView View { get; private set; } = null!;

    public string LivePosition { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        LivePosition = live.Position(Me);
        await LoadAsync(ct);
        return Request.IsHtmx() ? Partial("_List", View) : Page();
    }

    /// <summary>What one minion remembers, in short, beside a chat with it.</summary>
    public IActionResult OnGetBeside(Guid id) => ViewComponent(typeof(Remembered), new { minion = id });

    public async Task<IActionResult> OnPostAddAsync(CancellationToken ct)
    {
        var added = Input.MinionId is { } minion
            ? await editor.AddAsync(Me, minion, Input.ToInput(), ct)
            : Failure.Invalid("minion_id", "Choose who remembers it.");
        return await DoneAsync(added, "It is remembered.", ct);
    }

    public async Task<IActionResult> OnPostSaveAsync(Guid id, CancellationToken ct) =>
        await DoneAsync(await editor.UpdateAsync(Me, id, Input.ToInput(), ct), "The memory is changed.", ct);

    public async Task<IActionResult> OnPostAcceptAsync(Guid id, CancellationToken ct) =>
        await DoneAsync(await editor.AcceptAsync(Me, id, ct), "It is remembered.", ct);

    public async Task<IActionResult> OnPostForgetAsync(Guid id, CancellationToken ct) =>
        await DoneAsync(await editor.ForgetAsync(Me, id, ct), "It is forgotten.", ct);

    public async Task<IActionResult> OnPostForgetAllAsync(CancellationToken ct) =>
        await DoneAsync(await editor.ForgetAllAsync(Me, Minion ?? Guid.Empty, ct), "All of it is forgotten.", ct);

    public async Task<IActionResult> OnPostSettleAsync(Guid id, Guid? keep, CancellationToken ct) =>
        await DoneAsync(await editor.SettleAsync(Me, id, keep, ct), "That is settled.", ct);

    private async Task<IActionResult> DoneAsync<T>(Outcome<T> done, string said, CancellationToken ct)
    {
        if (!done.Ok && (done.Failure.Kind == FailureKind.NotFound || !Request.IsHtmx()))
        {
            await LoadAsync(ct);
            return this.Refuse(done.Failure);
        }

        this.Toast(done.Failure?.Message ?? said, tone: done.Ok ? "good" : "bad");
        if (!Request.IsHtmx())
        {
            return LocalRedirect(MemoryView.Address(Minion, Words, Before));
        }

        await LoadAsync(ct);
        return Partial("_List", View);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var minions = await db
            .Minions.AsNoTracking()
            .OwnedBy(Me)
            .Where(m => m.DeletedAt == null || db.Memories.Any(memory => memory.MinionId == m.Id))
            .OrderBy(m => m.Citizen.DisplayName)
            .Select(m => new { m.Id, m.Citizen.DisplayName })
            .ToListAsync(ct);
        var isSearch = !string.IsNullOrWhiteSpace(Words);
        var query = new MemoryQuery(Me)
        {
            Minion = Minion,
            Words = Words,
            IsDecided = !isSearch,
            Limit = PageSize + 1,
            Before = Before,
        };
        var found = await cards.ListAsync(query, ct);
        View = new MemoryView([.. found.Take(PageSize)], minions.ConvertAll(m => (m.Id, m.DisplayName)), Minion, Words, Before)
        {
            Open = !isSearch && Before is null ? await cards.CasesAsync(Me, Minion, MemoryCards.MaxPage, before: null, ct) : [],
            Older = found.Count > PageSize ? found[PageSize - 1].Id : null,
            Counts = await cards.CountAsync(Me, Minion, ct),
            IsOn = (await settings.ReadAsync(Me, ct)).IsOn,
        };
    }
}
