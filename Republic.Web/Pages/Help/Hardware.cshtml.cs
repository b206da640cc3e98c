using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Data;
using Republic.Core.PersonalModels;

namespace Republic.Web.Pages.Help;

/// <summary>The page of hardware requirements, beside the hardware of this machine, which only people with an account may see.</summary>
public sealed class HardwareModel(DataFolder folder) : PageModel
{
    public MachineFacts Machine { get; } = MachineFacts.Now(folder);
}
