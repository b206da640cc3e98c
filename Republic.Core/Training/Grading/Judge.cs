namespace Republic.Core.Training.Grading;

/// <summary>The minion whose model grades.</summary>
/// <param name="IsSelf">It grades its own answers.</param>
internal sealed record Judge(Guid Id, string Name, bool IsSelf);
