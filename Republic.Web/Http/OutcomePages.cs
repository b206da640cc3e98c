using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;

namespace Republic.Web.Http;

/// <summary>Expected failures on a page: beside the field they belong to, or as the page's own error page.</summary>
public static class OutcomePages
{
    /// <summary>Puts each message beside its field; <c>rows[0].base_url</c> stands beside <c>Input.Rows[0].BaseUrl</c>.</summary>
    public static void AddFailure(this ModelStateDictionary state, Failure failure, string prefix = "Input")
    {
        if (failure.Fields.Count == 0)
        {
            state.AddModelError("", failure.Message);
        }

        foreach (var field in failure.Fields)
        {
            state.AddModelError(field.Field.Length == 0 ? "" : $"{prefix}.{PropertyName(field.Field)}", field.Message);
        }
    }

    /// <summary>
    /// The way out of a handler that failed: the same page with what was typed when something was not right in it,
    /// else the error page of that status (a toast for htmx).
    /// </summary>
    public static IActionResult Refuse(this PageModel page, Failure failure, string prefix = "Input")
    {
        if (failure.Kind is FailureKind.NotFound or FailureKind.Forbidden)
        {
            return new StatusCodeResult(failure.StatusCode());
        }

        page.ModelState.AddFailure(failure, prefix);
        page.Response.StatusCode = failure.StatusCode();
        page.Response.SetRetryAfter(failure.RetryAfter);
        return page.Page();
    }

    /// <summary>
    /// What binding could not read, such as a choice that a form does not offer, to be told with all else that is wrong. Its own words are
    /// taken away.
    /// </summary>
    public static List<FieldError> TakeUnreadable(this ModelStateDictionary state, string prefix = "Input")
    {
        List<FieldError> unreadable = [];
        foreach (var (key, entry) in state.Where(bound => bound.Value is { Errors.Count: > 0 }).ToList())
        {
            if (!key.StartsWith($"{prefix}.", StringComparison.Ordinal))
            {
                continue;
            }

            entry!.Errors.Clear();
            unreadable.Add(new(key[(prefix.Length + 1)..], $"“{entry.AttemptedValue}” cannot be chosen here. Choose again."));
        }

        return unreadable;
    }

    private static string PropertyName(string field) => string.Join('.', field.Split('.').Select(Capitals));

    private static string Capitals(string words) =>
        string.Concat(words.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
