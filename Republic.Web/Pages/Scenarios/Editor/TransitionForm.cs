using Republic.Core;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Editing;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Scenarios.Editor;

/// <summary>A transition in the form of its state.</summary>
public sealed class TransitionForm
{
    public string? To { get; set; }

    public string? Kind { get; set; }

    public string? Condition { get; set; }

    public string? Note { get; set; }

    public string? MaxVisits { get; set; }

    /// <summary>Nothing was entered.</summary>
    internal bool IsBlank => string.IsNullOrEmpty(To) && string.IsNullOrWhiteSpace(Condition);

    public static TransitionForm Of(TransitionDefinition transition) =>
        new()
        {
            To = transition.To,
            Kind = Typed.Word<TransitionKind>(transition.Kind),
            Condition = transition.Condition,
            Note = transition.Note,
            MaxVisits = Typed.Number(transition.MaxVisits),
        };

    internal TransitionInput ToInput(int index, List<FieldError> unreadable) =>
        new()
        {
            To = To,
            Kind = Typed.Word<TransitionKind>(Kind),
            Condition = Typed.Lines(Condition),
            Note = Typed.Lines(Note),
            MaxVisits = TypedNumber.Whole($"next[{index}].max_visits", MaxVisits, unreadable),
        };
}
