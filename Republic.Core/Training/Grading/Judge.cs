namespace Republic.Core.Training.Grading;

/// <summary>The minion whose model grades.</summary>
/// <param name="IsSelf">It grades its own answers.</param>
/// <param name="WasFound">By the run, and not named by the person: where it cannot grade, another one may.</param>
internal sealed record Judge(Guid Id, string Name, bool IsSelf, bool WasFound);
