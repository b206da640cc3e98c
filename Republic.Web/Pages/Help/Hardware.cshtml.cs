using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Data;
using Republic.Core.PersonalModels;

namespace Republic.Web.Pages.Help;

/// <summary>What models ask of a machine, beside what this one has. Its memory and disk are for people with an account alone.</summary>
public sealed class HardwareModel(DataFolder folder) : PageModel
{
    public MachineFacts Machine { get; } = MachineFacts.Now(folder);
}
