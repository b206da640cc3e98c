using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Providers;
using Republic.Core.Providers.Prices;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Spending;

public sealed class PricesModel(PriceOverrides prices, ProviderCatalog catalog) : PageModel
{
    [BindProperty]
    public PriceForm Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Search { get; set; }

    public CurrentPerson Asking => CurrentPerson.From(User);

    public IReadOnlyList<PricedModel> All { get; private set; } = [];

    public IEnumerable<ProviderRow> Providers => catalog.Rows.Where(row => row.TakesBaseUrl);

    public string NameOf(string provider) => catalog.Find(provider)?.DisplayName ?? provider;

    public bool MayTakeBack(PricedModel price) =>
        price.Source == PriceSource.Own || (price.Source == PriceSource.Installation && Asking.IsSuperuser);

    /// <param name="provider">With <paramref name="model"/>: whose price is to be changed.</param>
    public async Task OnGetAsync(string? provider, string? model, CancellationToken ct)
    {
        await LoadAsync(ct);
        var all = model is null ? All : await prices.ListAsync(Asking.Id, model, ct);
        if (all.FirstOrDefault(price => price.Provider == provider && price.Model == model) is { } known)
        {
            Input = new PriceForm
            {
                Provider = known.Provider,
                Model = known.Model,
                Input = known.Input,
                Output = known.Output,
                CachedInput = known.CachedInput,
                CacheWrite = known.CacheWrite,
            };
        }
    }

    public async Task<IActionResult> OnPostSetAsync(CancellationToken ct)
    {
        var set = ModelState.IsValid
            ? await prices.SetAsync(Asking.Id, Input.ToInput(), ct)
            : Failure.Invalid("input", "Enter dollars like 3 or 0.15.");
        if (!set.Ok)
        {
            await LoadAsync(ct);
            return this.Refuse(set.Failure);
        }

        this.Toast("The price is set.", $"{set.Value.Model}. Calls from now on are counted by it.");
        return Redirect("/providers/prices");
    }

    public async Task<IActionResult> OnPostResetAsync(Guid id, CancellationToken ct)
    {
        var gone = await prices.DeleteAsync(Asking.Id, id, ct);
        if (!gone.Ok)
        {
            return this.Refuse(gone.Failure);
        }

        this.Toast("The price is taken back.", "What is published counts again, where something is.");
        return Redirect("/providers/prices");
    }

    private async Task LoadAsync(CancellationToken ct) => All = await prices.ListAsync(Asking.Id, Search, ct);
}
