using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Answering.Links;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Models;

/// <summary>Links a minion to collections, and switches its stages.</summary>
public sealed class KnowledgeModel(MinionKnowledge knowledge) : PageModel
{
    public KnowledgeCard Card { get; private set; } = null!;

    [BindProperty]
    public KnowledgeForm Input { get; set; } = new();

    private Guid Me => CurrentPerson.From(User).Id;

    /// <summary>The name of a collection that is ticked and not saved yet.</summary>
    public string? Added { get; private set; }

    /// <param name="add">A collection that is ticked from the start.</param>
    public async Task<IActionResult> OnGetAsync(Guid id, Guid? add, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is { } missing)
        {
            return this.Refuse(missing);
        }

        Input = KnowledgeForm.Of(Card);
        if (add is { } collection && !Input.Linked.Contains(collection))
        {
            Input.Linked.Add(collection);
            Added = Card.Choices.FirstOrDefault(choice => choice.Id == collection)?.Name;
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        var saved = await knowledge.SaveAsync(Me, id, Input.ToInput(), ct);
        if (saved.Ok)
        {
            this.Toast($"What {saved.Value.Minion.Citizen.DisplayName} knows is saved.");
            return LocalRedirect($"/models/{id}#p-knowledge");
        }

        return this.Refuse(await LoadAsync(id, ct) ?? saved.Failure);
    }

    private async Task<Failure?> LoadAsync(Guid id, CancellationToken ct)
    {
        var found = await knowledge.FindAsync(Me, id, ct);
        Card = found.Value!;
        return found.Failure;
    }
}
