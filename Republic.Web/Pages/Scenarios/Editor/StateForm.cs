using Republic.Core;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Editing;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Scenarios.Editor;

/// <summary>The form of a state. All is text, so that what was typed is kept where it is refused.</summary>
public sealed class StateForm
{
    public string? Name { get; set; }

    public string? NodeType { get; set; } = "action";

    public string? Description { get; set; }

    public List<string> Roles { get; set; } = [];

    public List<string?> Prompts { get; set; } = [];

    public string? Turn { get; set; }

    public string? Rounds { get; set; }

    public string? Audience { get; set; } = "present";

    public List<string> AudienceRoles { get; set; } = [];

    public string? Capability { get; set; }

    public string? TimeoutHours { get; set; }

    public string? Result { get; set; }

    public List<TransitionForm> Next { get; set; } = [];

    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>The person has read that another type leaves out what was typed for this one.</summary>
    public bool LosesFields { get; set; }

    /// <summary>The number of a transition that moves up, or is removed, or of a role that moves up.</summary>
    public int? Up { get; set; }

    public int? Remove { get; set; }

    public int? RoleUp { get; set; }

    public static StateForm Of(StateDefinition state, DateTimeOffset updatedAt) =>
        new()
        {
            Name = Typed.Text(state.Name),
            NodeType = Typed.Word<NodeType>(state.Type),
            Description = state.Description,
            Roles = [.. state.Roles],
            Prompts = [.. state.Prompts],
            Turn = Typed.Word(state.Turn),
            Rounds = Typed.Number(state.Rounds),
            Audience = Typed.Word(state.Audience?.Kind) ?? "present",
            AudienceRoles = [.. state.Audience?.Roles ?? []],
            Capability = state.Capability,
            TimeoutHours = Typed.Number(state.TimeoutHours),
            Result = Typed.Word(state.Result),
            Next = [.. state.Next.Select(TransitionForm.Of)],
            UpdatedAt = updatedAt,
        };

    /// <summary>Does what the buttons within the form ask for, and drops rows that were left empty.</summary>
    /// <returns>True where one of these buttons was pressed: they change the form alone.</returns>
    public bool Tidy()
    {
        var isPressed = (Up ?? Remove ?? RoleUp) is not null;
        if (Remove is { } gone && gone >= 0 && gone < Next.Count)
        {
            Next.RemoveAt(gone);
        }

        Swap(Next, Up);
        Swap(Roles, RoleUp);
        Next.RemoveAll(row => row.IsBlank);
        Prompts.RemoveAll(string.IsNullOrWhiteSpace);
        (Up, Remove, RoleUp) = (null, null, null);
        return isPressed;
    }

    /// <summary>What the state becomes. Fields that its type does not have are not shown, and left out.</summary>
    internal StateInput ToInput()
    {
        List<FieldError> unreadable = [];
        var type = Typed.Word<NodeType>(NodeType);
        var isAction = type is null or Core.Scenarios.NodeType.Action;
        var acts = isAction || type == Core.Scenarios.NodeType.Approval;
        if (acts && Audience == "listed" && AudienceRoles.Count == 0)
        {
            unreadable.Add(new FieldError("audience", "Choose who gets to know it, or another audience."));
        }

        return new StateInput
        {
            Name = Typed.Name(Name),
            NodeType = type,
            Description = Typed.Lines(Description),
            Roles = acts ? Roles : [],
            Prompts = acts ? Prompts.ConvertAll(prompt => Typed.Lines(prompt)!) : [],
            Turn = isAction ? Typed.Word<TurnRule>(Turn) : null,
            Rounds = isAction ? TypedNumber.Whole("rounds", Rounds, unreadable) : null,
            Audience = acts ? Typed.Audience(Audience, AudienceRoles) : null,
            Capability = acts ? Capability : null,
            TimeoutHours = type == Core.Scenarios.NodeType.Approval ? TypedNumber.Number("timeout_hours", TimeoutHours, unreadable) : null,
            Result = type == Core.Scenarios.NodeType.End ? Typed.Word<EndResult>(Result) : null,
            Next = [.. Next.Select((row, i) => row.ToInput(i, unreadable))],
            UpdatedAt = UpdatedAt,
            Unreadable = unreadable,
        };
    }

    /// <summary>Names the fields that were filled in and that the chosen type does not have; null where there are none.</summary>
    public string? LostFields()
    {
        var type = Typed.Word<NodeType>(NodeType);
        if (type is null or Core.Scenarios.NodeType.Action or Core.Scenarios.NodeType.Approval)
        {
            return null;
        }

        List<string> lost = [];
        if (Roles.Count > 0)
        {
            lost.Add("who acts");
        }

        if (Prompts.Exists(prompt => !string.IsNullOrWhiteSpace(prompt)))
        {
            lost.Add("its prompts");
        }

        if (Audience is "all" or "listed")
        {
            lost.Add("who hears it");
        }

        return lost.Count == 0 ? null : string.Join(lost.Count == 2 ? " and " : ", ", lost);
    }

    private static void Swap<T>(List<T> rows, int? index)
    {
        if (index is { } i && i > 0 && i < rows.Count)
        {
            (rows[i - 1], rows[i]) = (rows[i], rows[i - 1]);
        }
    }
}
