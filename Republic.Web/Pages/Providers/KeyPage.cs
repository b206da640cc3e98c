using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Models;

namespace Republic.Web.Pages.Providers;

/// <summary>What storing and changing a key share: the form in a dialog for htmx, as a page of its own otherwise.</summary>
public abstract class KeyPage(ProviderCatalog catalog) : PageModel
{
    [BindProperty]
    public KeyForm Input { get; set; } = new();

    public KeyFormView Form => new(Input, Row!, Current, CurrentPerson.From(User).IsSuperuser, Test);

    protected ProviderRow? Row => catalog.Find(Current?.Provider ?? Input.Provider) is { TakesBaseUrl: true } row ? row : null;

    /// <summary>The key that is changed, as it is stored.</summary>
    protected Credential? Current { get; set; }

    protected Guid Me => CurrentPerson.From(User).Id;

    private TestAnswer? Test { get; set; }

    protected IActionResult Show() => Request.IsHtmx() ? Partial("_KeyDialog", Form) : Page();

    protected IActionResult Show(Outcome<ConnectionTest> test)
    {
        Test = TestAnswer.Of(test) with { Address = Input.BaseUrl };
        return Request.IsHtmx() ? Partial("_TestAnswer", Test) : Page();
    }

    /// <summary>The same form with what was typed, and what is wrong beside each field.</summary>
    protected IActionResult Show(Failure failure)
    {
        if (failure.Kind == FailureKind.NotFound)
        {
            return this.Refuse(failure);
        }

        ModelState.AddFailure(failure);
        Response.StatusCode = failure.StatusCode();
        return Show();
    }

    protected IActionResult Done(string fact, string meaning = "")
    {
        this.Toast(fact, meaning);
        if (!Request.IsHtmx())
        {
            return LocalRedirect("/providers");
        }

        Response.HxCloseDialog();
        Response.HxTrigger("providers");
        return new NoContentResult();
    }
}
