using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Drafts;
using Republic.Core.Scenarios.Editing;

namespace Republic.Web.Pages.Scenarios.Editor;

/// <summary>The form of a role.</summary>
public sealed class RoleForm
{
    public string? Name { get; set; }

    public string? Description { get; set; }

    public string? Kind { get; set; }

    public string? Model { get; set; }

    public bool Pin { get; set; }

    public bool Director { get; set; }

    public DateTimeOffset? UpdatedAt { get; set; }

    public static RoleForm Of(RoleCard role) =>
        new()
        {
            Name = Typed.Text(role.Name),
            Description = role.Description,
            Kind = Typed.Word<RoleKind>(role.Kind),
            Model = role.Model,
            Pin = role.Pin,
            Director = role.Director,
            UpdatedAt = role.UpdatedAt,
        };

    internal RoleInput ToInput() =>
        new()
        {
            Name = Typed.Name(Name),
            Description = Typed.Lines(Description),
            Kind = Typed.Word<RoleKind>(Kind),
            Model = Model,
            Pin = Pin,
            Director = Director,
            UpdatedAt = UpdatedAt,
        };
}
