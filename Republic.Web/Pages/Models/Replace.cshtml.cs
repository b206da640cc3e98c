using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;
using Republic.Core.Providers.Listings;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Models;

/// <summary>Another model in the place of one of a minion's: both are asked the same, and whichever pleases stays.</summary>
public sealed class ReplaceModel(
    RepublicDb db,
    MinionConnection connection,
    MinionEditor editor,
    ProviderLists lists,
    ProviderCatalog catalog,
    MinionDeprecations deprecations
) : ReplacePage(db, lists, catalog, deprecations)
{
    [BindProperty]
    public ReplaceForm Input { get; set; } = new();

    /// <summary>What each answered; null before they were asked.</summary>
    public (ConnectionTest Present, ConnectionTest Other)? Answers { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, string? model, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return this.Refuse(Failure.NotFound("minion"));
        }

        Input = new ReplaceForm { ModelId = model ?? End?.Replacement, Prompt = await QuestionAsync(ct) };
        return Page();
    }

    public async Task<IActionResult> OnPostAskAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return this.Refuse(Failure.NotFound("minion"));
        }

        if (Input.Missing(Present.ModelId) is { } failure)
        {
            return Show(failure);
        }

        var asked = await Task.WhenAll(
            connection.TestAsync(Me, id, new ModelQuestion(Input.Prompt, null, Fallback), ct),
            connection.TestAsync(Me, id, new ModelQuestion(Input.Prompt, Input.To, Fallback), ct)
        );
        if (Array.Find(asked, answer => !answer.Ok) is { Failure: { } refused })
        {
            return Show(refused);
        }

        Answers = (asked[0].Value!, asked[1].Value!);
        return Show();
    }

    public async Task<IActionResult> OnPostSwitchAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return this.Refuse(Failure.NotFound("minion"));
        }

        var saved = await editor.UpdateAsync(Me, id, Input.Switch(Fallback).In, ct);
        if (!saved.Ok)
        {
            return Show(saved.Failure);
        }

        var lost = MinionFormPage.Lost(Minion, saved.Value);
        this.Toast(
            $"{Minion.Citizen.DisplayName} {(Fallback is null ? "is on" : "falls back to")} {Input.To} now.",
            lost,
            lost.Length == 0 ? Input.UndoUrl(id, Fallback) : null
        );
        return LocalRedirect($"/models/{id}");
    }

    private IActionResult Show(Failure? failure = null)
    {
        if (failure is not null)
        {
            ModelState.AddFailure(failure);
            Response.StatusCode = failure.StatusCode();
        }

        return Request.IsHtmx() ? Partial("_Replace", this) : Page();
    }
}
