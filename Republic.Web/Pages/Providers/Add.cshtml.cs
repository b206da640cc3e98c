using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Providers;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Providers;

/// <summary>Which provider shall it be?</summary>
public sealed class AddModel(ProviderCatalog catalog) : PageModel
{
    public IEnumerable<ProviderRow> Rows => catalog.Rows.Where(row => row.TakesBaseUrl);

    public IActionResult OnGet() => Request.IsHtmx() ? Partial("_AddDialog", this) : Page();
}
