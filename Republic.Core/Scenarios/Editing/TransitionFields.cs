using System.Text.Json;
using System.Text.Json.Serialization;

namespace Republic.Core.Scenarios.Editing;

/// <summary>The fields of a transition on its own, which names its states by id, with the names of the JSON API in snake case.</summary>
public sealed record TransitionFields
{
    private static readonly JsonFields<TransitionFields> Fields = new(
        new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    );

    /// <summary>Read where it is made; later it stays.</summary>
    public Guid? FromStateId { get; set; }

    public Guid? ToStateId { get; set; }

    /// <summary>always, when, ask, manual or else.</summary>
    public TransitionKind? Kind { get; set; }

    /// <summary>The condition, the question or the label, by the kind.</summary>
    public string? Condition { get; set; }

    public string? Note { get; set; }

    /// <summary>How often it is taken at most.</summary>
    public int? MaxVisits { get; set; }

    /// <summary>Its number among the transitions of its state, from 0; without, it stands last or where it stood.</summary>
    public int? Priority { get; set; }

    /// <summary>When it was changed last, as whoever sends this read it; refused where it was changed since.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>The fields of the JSON that could not be read.</summary>
    [JsonIgnore]
    public IReadOnlyList<FieldError> Unreadable { get; set; } = [];

    public static TransitionFields Of(StateTransition transition) =>
        new()
        {
            FromStateId = transition.FromStateId,
            ToStateId = transition.ToStateId,
            Kind = transition.Kind,
            Condition = transition.Condition,
            Note = transition.Note,
            MaxVisits = transition.MaxVisits,
        };

    /// <param name="over">What stands: a field that is absent keeps it, null clears it.</param>
    public static Outcome<TransitionFields> Read(JsonElement body, TransitionFields? over = null)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return Failure.Invalid("", "Send a JSON object with the transition's fields.");
        }

        var input = over is null ? new TransitionFields() : over with { };
        input.Unreadable = Fields.Lay(body, input);
        // A condition without a kind is one that is evaluated, also on a transition that had none.
        var isBare =
            input is { Kind: TransitionKind.Always or TransitionKind.Else, Condition: not null } && !body.TryGetProperty("kind", out _);
        if (isBare || input.Kind is null)
        {
            input.Kind = input.Condition is null ? TransitionKind.Always : TransitionKind.When;
        }

        return input;
    }

    internal TransitionInput Within(ScenarioChange change) =>
        new()
        {
            To = ToStateId is { } to ? change.State(to)?.Name : null,
            Kind = Kind,
            Condition = Condition,
            Note = Note,
            MaxVisits = MaxVisits,
        };

    internal IReadOnlyList<FieldError> Problems(ScenarioChange change)
    {
        var rules = new FieldRules(Unreadable);
        if (FromStateId is not { } from || change.State(from) is null)
        {
            rules.Add("from_state_id", "from_state_id is the id of a state of this scenario.");
        }

        if (ToStateId is not { } to || change.State(to) is null)
        {
            rules.Add("to_state_id", "to_state_id is the id of a state of this scenario.");
        }
        else
        {
            Within(change).Check(rules, change, "");
        }

        rules.Range("priority", "The priority", Priority, 0, ScenarioRules.MostTransitions - 1);
        return rules.Errors;
    }
}
