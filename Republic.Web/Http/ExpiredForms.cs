using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Republic.Web.Http;

/// <summary>
/// A form whose token is no longer good (signed in elsewhere, restarted keys) is not lost: what was typed is handed back
/// with a fresh token, and sending it again is one click. Passwords and keys are not echoed.
/// </summary>
public sealed class ExpiredForms(IAntiforgery antiforgery, IModelMetadataProvider metadata) : IAlwaysRunResultFilter
{
    public const string Message = "This form had expired. Nothing was lost: send it again.";

    public void OnResultExecuting(ResultExecutingContext context)
    {
        var http = context.HttpContext;
        // Only for the browser that was on our own page: a foreign page's form must not become ours by one click.
        if (context.Result is not IAntiforgeryValidationFailedResult || !ForeignOrigins.IsOwn(http.Request))
        {
            return;
        }

        if (http.Request.IsHtmx())
        {
            var token = antiforgery.GetAndStoreTokens(http).RequestToken!;
            http.Response.HxTrigger("fresh-token", new Dictionary<string, string> { ["token"] = token });
            context.Result = ErrorToast.Result(http.Response, metadata, StatusCodes.Status400BadRequest, Message);
        }
        else if (http.Request.HasFormContentType)
        {
            context.Result = new ViewResult
            {
                ViewName = "~/Pages/Error/Expired.cshtml",
                StatusCode = StatusCodes.Status400BadRequest,
                ViewData = new ViewDataDictionary<ExpiredForm>(metadata, new ModelStateDictionary())
                {
                    Model = ExpiredForm.From(http.Request),
                },
            };
        }
    }

    public void OnResultExecuted(ResultExecutedContext context) { }
}
