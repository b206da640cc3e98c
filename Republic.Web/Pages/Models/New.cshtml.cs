using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Citizens;
using Republic.Core.Citizens.Profiles;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Web.Http;

namespace Republic.Web.Pages.Models;

public sealed class NewModel(ProviderCatalog catalog, MinionEditor editor, AvatarUpload pictures, CitizenCards citizens)
    : MinionFormPage(catalog)
{
    public async Task<IActionResult> OnGetAsync(
        string? provider,
        string? model,
        [FromQuery(Name = "base_url")] string? baseUrl,
        CancellationToken ct
    )
    {
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
        return made.Ok ? Done(made.Value.Minion, $"{made.Value.Minion.Citizen.DisplayName} is made.") : Show(made.Failure);
    }

    /// <summary>The first minion in one click, straight into a chat with it.</summary>
    public async Task<IActionResult> OnPostBuiltInAsync(CancellationToken ct)
    {
        var made = await editor.BuiltInAsync(Me, ct);
        return made.Ok ? LocalRedirect($"/chats?minion={made.Value.Id}") : this.Refuse(made.Failure);
    }
}
