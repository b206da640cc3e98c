using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Admin;

/// <summary>A page of the administration: anybody but a superuser is refused before any handler runs.</summary>
public abstract class SuperuserPage : PageModel
{
    protected CurrentPerson Asking => CurrentPerson.From(User);

    [NonHandler]
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (!Asking.IsSuperuser)
        {
            context.Result = new StatusCodeResult(StatusCodes.Status403Forbidden);
        }
    }
}
