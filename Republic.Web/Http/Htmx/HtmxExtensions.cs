using System.Text.Json;

namespace Republic.Web.Http.Htmx;

/// <summary>What a page tells htmx: https://four.htmx.org/reference/#headers.</summary>
public static class HtmxExtensions
{
    public static bool IsHtmx(this HttpRequest request) => request.Headers["HX-Request"] == "true";

    /// <summary>Fires an event on the page's body, so that it arrives also when the sender was swapped away.</summary>
    public static void HxTrigger(this HttpResponse response, string name, IReadOnlyDictionary<string, string>? detail = null)
    {
        var events = response.Headers["HX-Trigger"].ToString() is { Length: > 0 } earlier
            ? JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(earlier)!
            : [];
        events[name] = new Dictionary<string, string>(detail ?? new Dictionary<string, string>()) { ["target"] = "body" };
        response.Headers["HX-Trigger"] = JsonSerializer.Serialize(events);
    }

    /// <summary>Swaps the answer into another element than the one that asked.</summary>
    public static void HxRetarget(this HttpResponse response, string selector, string swap)
    {
        response.Headers["HX-Retarget"] = selector;
        response.Headers["HX-Reswap"] = swap;
    }

    /// <summary>Leads the browser to another page, which shows the toasts that wait.</summary>
    public static void HxRedirect(this HttpResponse response, string url)
    {
        // An event would have the page that is left fetch the toasts, and nobody would read them.
        response.Headers.Remove("HX-Trigger");
        response.Headers["HX-Redirect"] = url;
    }

    /// <summary>Has the browser read the page that asked once more.</summary>
    public static void HxRefresh(this HttpResponse response) => response.Headers["HX-Refresh"] = "true";

    /// <summary>Closes the modal dialog that sent the request.</summary>
    public static void HxCloseDialog(this HttpResponse response) => response.HxTrigger("close-dialog");
}
