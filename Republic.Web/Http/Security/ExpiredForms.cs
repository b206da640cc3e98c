using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Http.Security;

/// <summary>
/// A form whose token is no longer good (signed in elsewhere, restarted keys) is not lost: what was typed is handed back
/// with a fresh token, and sending it again is one click. Passwords and keys are not echoed.
/// </summary>
public sealed class ExpiredForms(IAntiforgery antiforgery, IModelMetadataProvider metadata) : IAsyncAlwaysRunResultFilter
{
    public const string Message = "This form had expired. Nothing was lost: send it again.";

    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var request = context.HttpContext.Request;
        if (context.Result is IAntiforgeryValidationFailedResult)
        {
            // The check also fails of a form that cannot be read at all; to send that again would not help.
            if (await WrongWithAsync(request) is { } wrong)
            {
                context.Result = Unreadable(context.HttpContext, wrong);
            }
            // Only for the browser that was on our own page: a foreign page's form must not become ours by one click.
            else if (ForeignOrigins.IsOwn(request))
            {
                context.Result = Again(context.HttpContext) ?? context.Result;
            }
        }

        await next();
    }

    private static async Task<string?> WrongWithAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
        {
            return null;
        }

        try
        {
            await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return null;
        }
        catch (InvalidDataException error)
        {
            return error.InnerException is InvalidOperationException
                ? "It holds U+0000, a character that no text can have."
                : "It has too many fields, or is not a form at all.";
        }
    }

    private IActionResult Unreadable(HttpContext http, string wrong) =>
        http.Request.IsHtmx()
            ? ErrorToast.Result(http.Response, metadata, StatusCodes.Status400BadRequest, "This form could not be read.", wrong)
            : View("Unreadable", wrong);

    private IActionResult? Again(HttpContext http)
    {
        if (http.Request.IsHtmx())
        {
            var token = antiforgery.GetAndStoreTokens(http).RequestToken!;
            http.Response.HxTrigger("fresh-token", new Dictionary<string, string> { ["token"] = token });
            return ErrorToast.Result(http.Response, metadata, StatusCodes.Status400BadRequest, Message);
        }

        return http.Request.HasFormContentType ? View("Expired", ExpiredForm.From(http.Request)) : null;
    }

    private ViewResult View<T>(string name, T model) =>
        new()
        {
            ViewName = $"~/Pages/Error/{name}.cshtml",
            StatusCode = StatusCodes.Status400BadRequest,
            ViewData = new ViewDataDictionary<T>(metadata, new ModelStateDictionary()) { Model = model },
        };
}
