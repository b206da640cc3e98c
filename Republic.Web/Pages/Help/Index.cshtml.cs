using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Help;

namespace Republic.Web.Pages.Help;

/// <summary>All pages of help, or the sections that hold the words of a question.</summary>
public sealed class IndexModel : PageModel
{
    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Question { get; set; }

    /// <summary>Null where nothing is searched for.</summary>
    public IReadOnlyList<HelpSearchResult>? Hits { get; private set; }

    public void OnGet()
    {
        Question = Question?.Trim();
        if (!string.IsNullOrEmpty(Question))
        {
            Question = Question[..Math.Min(Question.Length, HelpSearch.LongestQuestion)];
            Hits = HelpSearch.Find(Question);
        }
    }
}
