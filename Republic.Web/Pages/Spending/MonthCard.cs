using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewComponents;
using Republic.Core.Analytics;
using Republic.Core.Providers.Spending;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Spending;

/// <summary><c>&lt;vc:month-card /&gt;</c>: what this month has cost the person who asks.</summary>
[ViewComponent]
public sealed class MonthCard(Budgets budgets, SpendingReader reader) : ViewComponent
{
    public async Task<ViewViewComponentResult> InvokeAsync()
    {
        var (me, ct) = (CurrentPerson.From(UserClaimsPrincipal).Id, HttpContext.RequestAborted);
        var month = await reader.MonthAsync(me, SpendingGrouping.Provider, ct);
        return View(
            "/Pages/Spending/_Month.cshtml",
            new MonthView(month, BudgetStatus.Tightest(await budgets.ListAsync(me, ct)), reader.Today)
        );
    }
}
