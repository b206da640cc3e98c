using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Models;

/// <summary>What making and editing share: the form in a dialog for htmx, as a page of its own otherwise.</summary>
public abstract class MinionFormPage(ProviderCatalog catalog) : PageModel
{
    [BindProperty]
    public MinionForm Input { get; set; } = new();

    public MinionFormView Form => new(Input, Current, Catalog, Request.IsHtmx(), Test);

    protected ProviderCatalog Catalog { get; } = catalog;

    /// <summary>The minion that is edited, as it is stored.</summary>
    protected Minion? Current { get; set; }

    /// <summary>What Test connection found, where the whole page answers.</summary>
    protected TestAnswer? Test { get; set; }

    protected Guid Me => CurrentPerson.From(User).Id;

    [NonHandler]
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        // A row that was announced and not sent is nothing.
        Input.Fallbacks.RemoveAll(row => row is null);
        // Each is told by its place now, and was posted under that which it had before it was moved.
        foreach (var posted in ModelState.FindKeysWithPrefix("Input.Fallbacks").Select(entry => entry.Key).ToList())
        {
            ModelState.Remove(posted);
        }
    }

    protected IActionResult Show() => Request.IsHtmx() ? Partial("_Dialog", Form) : Page();

    /// <summary>The same form with what was typed, and what is wrong beside each field.</summary>
    protected IActionResult Show(Failure failure)
    {
        if (failure.Kind is FailureKind.NotFound or FailureKind.Forbidden)
        {
            return this.Refuse(failure);
        }

        ModelState.AddFailure(failure);
        Response.StatusCode = failure.StatusCode();
        return Show();
    }

    /// <summary>The dialog closes and the page below reads itself again; without htmx the browser goes to the minion.</summary>
    /// <param name="leads">The browser goes to the minion with htmx too.</param>
    protected IActionResult Done(Minion minion, string fact, string meaning = "", bool leads = false)
    {
        this.Toast(fact, meaning);
        if (!Request.IsHtmx())
        {
            return LocalRedirect($"/models/{minion.Id}");
        }

        if (leads)
        {
            Response.HxRedirect($"/models/{minion.Id}");
            return new NoContentResult();
        }

        Response.HxCloseDialog();
        Response.HxTrigger("minions");
        return new NoContentResult();
    }

    /// <summary>What a change of the model puts out of use, for people; empty where nothing is.</summary>
    internal static string Lost(Minion before, Minion saved) =>
        before.Adapter is not null && saved.Adapter is null
            ? $"Its trained weights fit {before.ModelId} alone and are out of use. On that model, choose their version to use them again."
            : "";
}
