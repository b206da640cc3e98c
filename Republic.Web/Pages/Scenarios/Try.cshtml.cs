using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Scenarios.Drafts;
using Republic.Core.Scenarios.Trying;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Pages.Scenarios.Graph;

namespace Republic.Web.Pages.Scenarios;

/// <summary>A walk through a scenario's draft: the person chooses each transition, and the address holds what was chosen.</summary>
public sealed class TryModel(ScenarioDrafts drafts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The indexes of the transitions that are taken, as <see cref="ScenarioWalk.Follow"/> reads them.</summary>
    [BindProperty(SupportsGet = true, Name = "walk")]
    public string? Choices { get; set; }

    public ScenarioDraft Draft { get; private set; } = null!;

    public WalkView Walk { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        var found = await drafts.FindAsync(CurrentPerson.From(User).Id, Id, ct);
        if (!found.Ok)
        {
            return this.Refuse(found.Failure);
        }

        Draft = found.Value;
        Walk = ScenarioWalk.Follow(Draft.Definition, Choices);
        return Page();
    }

    /// <summary>The states lead to their forms in the editor; what was walked stands out.</summary>
    public ScenarioGraph Graph =>
        ScenarioGraph.Of(
            Draft.Definition,
            state => $"/scenarios/{Id}/edit/states/{state}",
            Walk.Current?.Name,
            bad: [],
            [.. Walk.Steps.Select(step => (step.State.Name, step.Index)).Distinct()]
        );

    public string Address(string choices) => choices.Length == 0 ? $"/scenarios/{Id}/try" : $"/scenarios/{Id}/try?walk={choices}";
}
