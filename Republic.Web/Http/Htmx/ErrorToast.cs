using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Republic.Web.Http.Htmx;

/// <summary>An error answered to htmx: it lands among the toasts, and the element that asked stays as it is.</summary>
public static class ErrorToast
{
    public static PartialViewResult Result(
        HttpResponse response,
        IModelMetadataProvider metadata,
        int status,
        string fact,
        string meaning = ""
    )
    {
        response.HxRetarget("#toasts", "beforeend");
        return new PartialViewResult
        {
            ViewName = "~/Pages/Shared/_Toasts.cshtml",
            StatusCode = status,
            ViewData = new ViewDataDictionary<IReadOnlyList<Toast>>(metadata, new ModelStateDictionary())
            {
                Model = [new Toast(fact, meaning, "bad")],
            },
        };
    }
}
