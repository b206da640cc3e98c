namespace Republic.Web.Pages.Scenarios.Editor;

/// <summary>A prompt in the form of its state.</summary>
/// <param name="Index">Behind the last one for one that can be added.</param>
public sealed record PromptRow(StateModel State, int Index)
{
    public bool IsNew => Index == State.Input.Prompts.Count;

    public string? Text => IsNew ? null : State.Input.Prompts[Index];

    public string Field => $"Input.Prompts[{Index}]";

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public string? Error =>
        State.ModelState.TryGetValue(Field, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;
}
