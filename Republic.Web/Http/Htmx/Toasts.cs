using System.Text.Json;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Republic.Web.Http.Htmx;

/// <summary>Toasts wait in a cookie for the next page, or for htmx, which is told to fetch them at once.</summary>
public static class Toasts
{
    private const string Key = "toasts";

    public static void Toast(this PageModel page, string fact, string meaning = "", string? undoUrl = null, string tone = "good")
    {
        var waiting = page.TempData.Peek(Key) is string json ? JsonSerializer.Deserialize<List<Toast>>(json)! : [];
        page.TempData[Key] = JsonSerializer.Serialize<List<Toast>>([.. waiting, new Toast(fact, meaning, tone, undoUrl)]);
        if (page.Request.IsHtmx())
        {
            page.Response.HxTrigger("toasts");
        }
    }

    /// <summary>For a piece of a page that htmx was led to: what its answer said on the way is not read.</summary>
    public static void ShowToasts(this PageModel page)
    {
        if (page.Request.IsHtmx() && page.TempData.Peek(Key) is not null)
        {
            page.Response.HxTrigger("toasts");
        }
    }

    public static IReadOnlyList<Toast> Take(ITempDataDictionary data) =>
        data[Key] is string json ? JsonSerializer.Deserialize<List<Toast>>(json)! : [];
}
