using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Events;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Drafts;
using Republic.Core.Scenarios.Editing;
using Republic.Web.Http;

namespace Republic.Web.Pages.Scenarios.Editor;

/// <summary>The editor with one role, or a new one.</summary>
public sealed class RoleModel(ScenarioDrafts drafts, RoleEditor editor, LiveEvents live) : EditorModel(drafts, live)
{
    /// <summary>Null for a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Name { get; set; }

    [BindProperty]
    public RoleForm Input { get; set; } = new();

    public override string Form => "_RoleForm";

    public override string Heading => Name is null ? "New role" : ElementName.Of(Name);

    public override string Path => Name is null ? "/roles" : $"/roles/{Name}";

    public RoleCard? Role => Draft.Role(Name);

    /// <summary>When the model ends that the form shows; null where none was announced, or another one is typed.</summary>
    public DeprecationView? Deprecation =>
        Role is { Model: { } model } role && model == Input.Model && Draft.Deprecations.TryGetValue(role.Name, out var end)
            ? new DeprecationView(ElementName.Of(role.Name), IsRole: true, model, end)
            : null;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } failure)
        {
            return Missing(failure, "role");
        }

        Input = Role is { } role ? RoleForm.Of(role) : new RoleForm();
        return Show();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } failure)
        {
            return Draft is null ? this.Refuse(failure) : Gone("role");
        }

        var input = Input.ToInput();
        var saved = Role is { } role ? await editor.UpdateAsync(Me, Id, role.Id, _ => input, ct) : await editor.AddAsync(Me, Id, input, ct);
        return await DoneAsync(saved, () => $"/roles/{input.Name}", "Saved.", ct);
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct) =>
        await FindAsync(ct) is { } failure
            ? Missing(failure, "role")
            : await DoneAsync(await editor.DeleteAsync(Me, Id, Role?.Id ?? Guid.Empty, ct), () => "", $"“{Heading}” is removed.", ct);

    protected override void ReadMoment() => Input.UpdatedAt = Role?.UpdatedAt;

    private async Task<Failure?> FindAsync(CancellationToken ct) =>
        await LoadAsync(ct) ?? (Name is not null && Role is null ? Failure.NotFound("role") : null);
}
