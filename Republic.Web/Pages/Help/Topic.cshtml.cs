using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Help;

namespace Republic.Web.Pages.Help;

/// <summary>One page of help; where there is none of that name, what comes near it, and the search.</summary>
public sealed class TopicModel : PageModel
{
    /// <summary>Null where there is none.</summary>
    public HelpPage? Help { get; private set; }

    public IReadOnlyList<HelpSearchResult> Near { get; private set; } = [];

    public void OnGet(string name)
    {
        Help = HelpPages.Find(name);
        if (Help is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            Near = HelpSearch.Find(name[..Math.Min(name.Length, HelpSearch.LongestQuestion)]);
        }
    }
}
