using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Error;

/// <summary>
/// Where every error ends that nobody answered: as a page for people, a toast for htmx, problem details for the JSON API
/// and for tools, and OpenAI's shape below <c>/v1</c>. What went wrong inside goes to the log alone.
/// </summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class IndexModel(IModelMetadataProvider metadata) : PageModel
{
    public ErrorText Text { get; private set; } = ErrorText.For(StatusCodes.Status404NotFound);

    public int Code { get; private set; } = StatusCodes.Status404NotFound;

    public string RequestId => HttpContext.TraceIdentifier;

    // A filter and not a handler, because the failed request may have had any method; Razor takes it for a handler by its name.
    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var failed = HttpContext.Features.Get<IExceptionHandlerPathFeature>();
        var path = failed?.Path ?? HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath;
        Code = path is null ? StatusCodes.Status404NotFound : Response.StatusCode;
        Response.StatusCode = Code;
        Text = ErrorText.For(Code);
        if (IsBelow(path, "/v1"))
        {
            Response.Headers["x-request-id"] = HttpContext.TraceIdentifier;
            await TypedResults
                .Json(
                    new
                    {
                        error = new
                        {
                            message = Text.Sentence,
                            type = Text.Type,
                            code = (string?)null,
                        },
                    }
                )
                .ExecuteAsync(HttpContext);
            context.Result = new EmptyResult();
        }
        else if (IsBelow(path, "/api") || IsBelow(path, "/mcp") || !AcceptsPages())
        {
            await Problem(failed?.Error).ExecuteAsync(HttpContext);
            context.Result = new EmptyResult();
        }
        else if (Request.IsHtmx())
        {
            context.Result = ErrorToast.Result(Response, metadata, Code, Text.Fact, Text.WayOn);
        }
        else
        {
            await next();
        }
    }

    private IResult Problem(Exception? error)
    {
        if (UnreadableParameter.Of(error) is { } parameter)
        {
            return Failure.Invalid(parameter.Name, parameter.Advice).ToProblem();
        }

        var json = error?.InnerException as JsonException;
        var field = json?.Path?.TrimStart('$', '.') ?? "";
        return TypedResults.Problem(
            title: Text.Fact,
            detail: json is null
                ? Text.WayOn
                : $"The JSON could not be read{(field.Length > 0 ? $" at {field}" : "")}. Check its syntax and the type of the value.",
            statusCode: Code,
            extensions: field.Length == 0
                ? null
                : new Dictionary<string, object?>
                {
                    ["errors"] = new Dictionary<string, string[]>
                    {
                        [field] = ["This could not be read: it is of another type, or too large."],
                    },
                }
        );
    }

    private static bool IsBelow(string? path, string root) =>
        new PathString(path).StartsWithSegments(root, StringComparison.OrdinalIgnoreCase);

    private bool AcceptsPages() =>
        Request.IsHtmx()
        || Request.Headers.Accept.Count == 0
        || Request.Headers.Accept.ToString().Contains("html", StringComparison.OrdinalIgnoreCase)
        || Request.Headers.Accept.ToString().Contains("*/*", StringComparison.Ordinal);
}
