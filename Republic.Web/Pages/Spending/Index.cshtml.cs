using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Analytics;
using Republic.Core.Data;
using Republic.Core.Providers;
using Republic.Core.Providers.Spending;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Spending;

public sealed class IndexModel(Budgets budgets, SpendingReader reader, ProviderCatalog catalog, RepublicDb db) : PageModel
{
    [BindProperty]
    public BudgetForm Input { get; set; } = new();

    /// <summary>Somebody else's page, for superusers.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Person { get; set; }

    [BindProperty(SupportsGet = true)]
    public SpendingGrouping By { get; set; } = SpendingGrouping.Provider;

    public CurrentPerson Asking => CurrentPerson.From(User);

    public Guid Owner => Person ?? Asking.Id;

    public bool IsOwn => Owner == Asking.Id;

    public MonthView Month { get; private set; } = null!;

    public IReadOnlyList<BudgetStatus> All { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Subjects { get; private set; } = [];

    public IReadOnlyDictionary<Guid, string> People { get; private set; } = new Dictionary<Guid, string>();

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        return MaySee() ? await ShowAsync(ct) : Forbid();
    }

    /// <summary>What a page shows when a budget of its person has just been crossed.</summary>
    public async Task<IActionResult> OnGetCrossedAsync(Guid id, CancellationToken ct)
    {
        var found = await budgets.FindAsync(Asking.Id, id, ct);
        return !found.Ok ? this.Refuse(found.Failure)
            : found.Value.State == BudgetState.Ok ? new NoContentResult()
            : Partial("_Crossed", found.Value);
    }

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken ct)
    {
        if (!MaySee())
        {
            return Forbid();
        }

        var saved =
            !ModelState.IsValid ? Failure.Invalid("monthly_usd", "Enter numbers like 20 or 12.50.")
            : Input.Id is { } id ? await budgets.ChangeAsync(Owner, Asking.Id, id, Input.ToInput(), ct)
            : await budgets.CreateAsync(Owner, Asking.Id, Input.ToInput(), ct);
        if (!saved.Ok)
        {
            await ShowAsync(ct);
            return this.Refuse(saved.Failure);
        }

        this.Toast("The budget is set.", $"{saved.Value.Name}. It holds from now on.");
        return Redirect(Here());
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid id, CancellationToken ct)
    {
        var gone = MaySee() ? await budgets.DeleteAsync(Owner, Asking.Id, id, ct) : Failure.Forbidden("This is not yours.");
        if (!gone.Ok)
        {
            return this.Refuse(gone.Failure);
        }

        this.Toast("The budget is gone.", "What it counted is no longer limited by it.");
        return Redirect(Here());
    }

    public string Here(SpendingGrouping? by = null) => $"/providers/spending?by={by ?? By}{(IsOwn ? "" : $"&person={Owner}")}";

    public string Csv(string table) =>
        $"/api/users/{Owner}/usage.csv?table={table}&from={Month.Report.From:yyyy-MM-dd}&to={Month.Report.To:yyyy-MM-dd}&group_by={By.ToString().ToLowerInvariant()}";

    private bool MaySee() => Owner == Asking.Id || Asking.IsSuperuser;

    private async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        if (By == SpendingGrouping.Person)
        {
            By = SpendingGrouping.Provider;
        }

        All = await budgets.ListAsync(Owner, ct);
        Month = new MonthView(await reader.MonthAsync(Owner, By, ct), BudgetStatus.Tightest(All), reader.Today);
        People = Asking.IsSuperuser
            ? await db.Users.Take(BudgetChoices.Most).ToDictionaryAsync(p => p.Id, p => p.Citizen.DisplayName, ct)
            : People;
        Subjects = await BudgetChoices.OfAsync(db, catalog, Owner, ct);
        return Page();
    }
}
