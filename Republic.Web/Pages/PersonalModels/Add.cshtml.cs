using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>The page that adds any GGUF file, by its URL or as an upload.</summary>
public sealed class AddModel : PageModel
{
    [BindProperty(SupportsGet = true, Name = "url")]
    public string? Address { get; set; }
}
