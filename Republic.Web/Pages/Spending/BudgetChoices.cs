using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Providers;

namespace Republic.Web.Pages.Spending;

/// <summary>What a person's budget can be for.</summary>
internal static class BudgetChoices
{
    public const int Most = 500;

    public static async Task<IReadOnlyList<SelectListItem>> OfAsync(
        RepublicDb db,
        ProviderCatalog catalog,
        Guid owner,
        CancellationToken ct
    )
    {
        var providers = new SelectListGroup { Name = "A provider" };
        var minions = new SelectListGroup { Name = "A minion" };
        var keys = new SelectListGroup { Name = "A stored key" };
        var own = await db.Minions.Where(m => m.OwnerId == owner && m.DeletedAt == null).Take(Most).ToListAsync(ct);
        var stored = await db.Credentials.Where(c => c.OwnerId == owner).Take(Most).ToListAsync(ct);
        return
        [
            new("Everything", "Person:"),
            .. catalog.Rows.Where(row => row.TakesBaseUrl).Select(row => Item(row.DisplayName, $"Provider:{row.Name}", providers)),
            .. own.Select(minion => Item(minion.Citizen.DisplayName, $"Minion:{minion.Id}", minions)),
            .. stored.Select(key => Item($"{catalog.Find(key.Provider)?.DisplayName ?? key.Provider}, {key.Label}", $"Key:{key.Id}", keys)),
        ];
    }

    private static SelectListItem Item(string text, string value, SelectListGroup group) => new(text, value) { Group = group };
}
