using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Events;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Drafts;
using Republic.Core.Scenarios.Editing;
using Republic.Web.Http;

namespace Republic.Web.Pages.Scenarios.Editor;

/// <summary>The editor with one fact, or a new one.</summary>
public sealed class FactModel(ScenarioDrafts drafts, FactEditor editor, LiveEvents live) : EditorModel(drafts, live)
{
    /// <summary>Null for a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Name { get; set; }

    [BindProperty]
    public FactForm Input { get; set; } = new();

    public override string Form => "_FactForm";

    public override string Heading => Name is null ? "New fact" : ElementName.Of(Name);

    public override string Path => Name is null ? "/facts" : $"/facts/{Name}";

    private FactDefinition? Fact => Draft.Definition.Facts.FirstOrDefault(fact => fact.Name == Name);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } failure)
        {
            return Missing(failure, "fact");
        }

        Input = Fact is { } fact ? FactForm.Of(fact, Draft.Scenario.SettingsUpdatedAt) : new FactForm();
        return Show();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } failure)
        {
            return Draft is null ? this.Refuse(failure) : Gone("fact");
        }

        var fact = Input.ToFact();
        Outcome<string> saved = fact.Ok ? await editor.SaveAsync(Me, Id, Name, fact.Value, Input.UpdatedAt, ct) : fact.Failure;
        return await DoneAsync(saved, () => $"/facts/{saved.Value}", "Saved.", ct);
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct) =>
        await FindAsync(ct) is { } failure
            ? Missing(failure, "fact")
            : await DoneAsync(await editor.DeleteAsync(Me, Id, Name ?? "", ct), () => "", $"“{Heading}” is removed.", ct);

    protected override void ReadMoment() => Input.UpdatedAt = Draft.Scenario.SettingsUpdatedAt;

    private async Task<Failure?> FindAsync(CancellationToken ct) =>
        await LoadAsync(ct) ?? (Name is not null && Fact is null ? Failure.NotFound("fact") : null);
}
