using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Citizens;
using Republic.Core.Citizens.Profiles;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Web.Http;

namespace Republic.Web.Pages.Models;

public sealed class NewModel(ProviderCatalog catalog, RepublicDb db, MinionEditor editor, AvatarUpload pictures, CitizenCards citizens)
    : MinionFormPage(catalog)
{
    private const string Copy = ", copy";
    private const int LongestName = 100;

    /// <param name="like">The minion whose character and model the form begins with.</param>
    public async Task<IActionResult> OnGetAsync(
        string? provider,
        string? model,
        [FromQuery(Name = "base_url")] string? baseUrl,
        Guid? like,
        CancellationToken ct
    )
    {
        if (like is { } id)
        {
            return await LikeAsync(id, ct);
        }

        var preferred = provider is null && model is null ? (await citizens.PreferredAsync(Me, ct)).Llm : null;
        var row =
            Catalog.Find(provider ?? preferred?.Provider)
            ?? Catalog.Rows.First(candidate => candidate.Key == KeyNeed.None && !candidate.TakesBaseUrl);
        Input = MinionForm.Of(
            new MinionInput
            {
                Provider = row.Name,
                ModelId = model ?? (preferred is { } wish && wish.Provider == row.Name ? wish.ModelId : row.DefaultModel),
                BaseUrl = baseUrl,
            },
            id: null
        );
        return Show();
    }

    /// <summary>What was trained and a key of its own stay with the one that is copied.</summary>
    private async Task<IActionResult> LikeAsync(Guid id, CancellationToken ct)
    {
        if (await db.Minions.AsNoTracking().OwnedBy(Me).Live().SingleOrDefaultAsync(m => m.Id == id, ct) is not { } minion)
        {
            return this.Refuse(Failure.NotFound("minion"));
        }

        var name = minion.Citizen.DisplayName.AtMost(LongestName - Copy.Length) + Copy;
        Input = MinionForm.Of(MinionInput.Of(minion) with { Name = null, DisplayName = name }, id: null);
        (Input.Like, Input.Key) = (id, minion.CredentialId?.ToString());
        return Show();
    }

    public async Task<IActionResult> OnPostAsync(IFormFile? picture, CancellationToken ct)
    {
        var input = Input.Over(new MinionInput());
        if (string.IsNullOrWhiteSpace(input.Name))
        {
            input.Name = await editor.FreeNameAsync(Me, input.DisplayName ?? "", ct);
            input.Unreadable = string.IsNullOrWhiteSpace(input.DisplayName)
                ? [.. input.Unreadable, new FieldError("display_name", "What shall it be called? Enter a display name.")]
                : input.Unreadable;
        }

        await pictures.TakeAsync(Me, picture, input, ct);
        var made = await editor.CreateAsync(Me, input, FormId.Of(Me, Input.Request), ct);
        // A copy stands nowhere on the page of its original.
        return made.Ok
            ? Done(made.Value.Minion, $"{made.Value.Minion.Citizen.DisplayName} is made.", leads: Input.Like is not null)
            : Show(made.Failure);
    }

    /// <summary>The first minion in one click, straight into a chat with it.</summary>
    public async Task<IActionResult> OnPostBuiltInAsync(CancellationToken ct)
    {
        var made = await editor.BuiltInAsync(Me, ct);
        return made.Ok ? LocalRedirect($"/chats?minion={made.Value.Id}") : this.Refuse(made.Failure);
    }
}
