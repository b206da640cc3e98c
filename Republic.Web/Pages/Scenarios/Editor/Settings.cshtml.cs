using Microsoft.AspNetCore.Mvc;
using Republic.Core.Events;
using Republic.Core.Scenarios.Drafts;
using Republic.Core.Scenarios.Editing;
using Republic.Web.Http;

namespace Republic.Web.Pages.Scenarios.Editor;

/// <summary>The editor with the scenario's own fields.</summary>
public sealed class SettingsModel(ScenarioDrafts drafts, ScenarioEditor editor, LiveEvents live) : EditorModel(drafts, live)
{
    [BindProperty]
    public SettingsForm Input { get; set; } = new();

    public override string Form => "_SettingsForm";

    public override string Heading => "The scenario";

    public override string Path => "";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await LoadAsync(ct) is { } failure)
        {
            return this.Refuse(failure);
        }

        Input = SettingsForm.Of(Draft.Scenario);
        return Show();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct) =>
        await DoneAsync(await editor.UpdateAsync(Me, Id, stands => Input.Over(stands), ct), () => "", "Saved.", ct);

    protected override void ReadMoment() => Input.UpdatedAt = Draft.Scenario.SettingsUpdatedAt;
}
