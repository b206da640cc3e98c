namespace Republic.Core.Episodes.Machine;

/// <summary>The last step, as conditions read it.</summary>
/// <param name="Action">The name of its state.</param>
public sealed record LastStep(string Action, string Text, string Role, string Status);
