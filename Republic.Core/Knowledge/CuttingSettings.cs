namespace Republic.Core.Knowledge;

/// <param name="Length">Characters that a passage aims at; a paragraph or a piece of code that fits is never cut through.</param>
/// <param name="Overlap">Characters of the passage before that are repeated, in whole sentences; headings begin anew without.</param>
public sealed record CuttingSettings(int Length = 1200, int Overlap = 150);
