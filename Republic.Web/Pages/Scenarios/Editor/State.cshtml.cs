using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Events;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Drafts;
using Republic.Core.Scenarios.Editing;
using Republic.Web.Http;

namespace Republic.Web.Pages.Scenarios.Editor;

/// <summary>The editor with one state, or a new one.</summary>
public sealed class StateModel(ScenarioDrafts drafts, StateEditor editor, LiveEvents live) : EditorModel(drafts, live)
{
    /// <summary>Rows of the form were moved or removed, and nothing was saved.</summary>
    private bool isTidied;

    /// <summary>Null for a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Name { get; set; }

    [BindProperty]
    public StateForm Input { get; set; } = new();

    public override string Form => "_StateForm";

    public override string Heading => Name is null ? "New state" : ElementName.Of(Name);

    public override string Path => Name is null ? "/states" : $"/states/{Name}";

    public override string? SelectedState => Name;

    public override bool IsUnsaved => isTidied || base.IsUnsaved;

    private StateCard? State => Draft.State(Name);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } failure)
        {
            return Missing(failure, "state");
        }

        Input = State is { } state ? StateForm.Of(Draft.Definition.State(state.Name)!, state.UpdatedAt) : new StateForm();
        return Show();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } failure)
        {
            return Draft is null ? this.Refuse(failure) : Gone("state");
        }

        if (Input.Tidy())
        {
            isTidied = true;
            return Show();
        }

        if (!Input.LosesFields && Input.LostFields() is { } lost)
        {
            Input.LosesFields = true;
            var refused = Failure.Invalid("node_type", $"A state of this type does without {lost}. Save again to leave that out.");
            return await DoneAsync<Guid>(refused, () => "", "", ct);
        }

        var input = Input.ToInput();
        var saved = State is { } state
            ? await editor.UpdateAsync(Me, Id, state.Id, _ => input, ct)
            : await editor.AddAsync(Me, Id, input, ct);
        return await DoneAsync(saved, () => $"/states/{input.Name}", "Saved.", ct);
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct) =>
        await FindAsync(ct) is { } failure
            ? Missing(failure, "state")
            : await DoneAsync(await editor.DeleteAsync(Me, Id, State?.Id ?? Guid.Empty, ct), () => "", $"“{Heading}” is removed.", ct);

    protected override void ReadMoment() => Input.UpdatedAt = State?.UpdatedAt;

    private async Task<Failure?> FindAsync(CancellationToken ct) =>
        await LoadAsync(ct) ?? (Name is not null && State is null ? Failure.NotFound("state") : null);
}
