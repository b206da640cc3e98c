namespace Republic.Web.Pages.Scenarios.Editor;

/// <summary>A transition in the form of its state.</summary>
/// <param name="Index">Behind the last one for one that can be added.</param>
public sealed record TransitionRow(StateModel State, int Index)
{
    /// <summary>What can be chosen to decide about a transition.</summary>
    public static IReadOnlyList<(string Value, string Words)> Kinds { get; } =
    [
        ("always", "always"),
        ("when", "when a condition holds"),
        ("ask", "when a question is answered with it"),
        ("manual", "when a person chooses it"),
        ("else", "otherwise"),
    ];

    public bool IsNew => Index == State.Input.Next.Count;

    public TransitionForm Form => IsNew ? new TransitionForm { Kind = Index == 0 ? "always" : "when" } : State.Input.Next[Index];

    public string Field(string name) => $"Input.Next[{Index}].{name}";

    public string Id(string name) => $"next-{Index}-{name}";

    /// <summary>"true" where something is wrong with a field, else null.</summary>
    public string? Invalid(string name) => ErrorOf(name) is null ? null : "true";

    /// <summary>The id of what is wrong with a field; null where nothing is.</summary>
    public string? ErrorId(string name) => ErrorOf(name) is null ? null : $"{Field(name)}-error";

    /// <summary>What is wrong with a field; null where nothing is.</summary>
    public string? ErrorOf(string name) =>
        State.ModelState.TryGetValue(Field(name), out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;
}
