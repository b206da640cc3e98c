namespace Republic.Core.Minions;

/// <summary>What is known of a version that was trained elsewhere. Nobody judged it here, and what was judged there does not count.</summary>
/// <param name="Verdict">Of the gate there, in its own words; null where there was no run, or it was deleted.</param>
/// <param name="WasInUse">Its minion answered with it.</param>
/// <param name="At">When it was imported.</param>
public sealed record ImportedVersion(string? Verdict, string? RunName, bool WasInUse, DateTimeOffset At);
