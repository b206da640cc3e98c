namespace Republic.Core.Minions.Profiles;

/// <summary>
/// The prompt that training made: a minion's own instructions, and below them what training added. When the person changes their own
/// words, what was added stays as it is below the new ones.
/// </summary>
internal static class EnhancedPrompt
{
    /// <param name="enhanced">As training made it, or as the person set it themselves; null where there is none.</param>
    /// <param name="was">The instructions it was made of.</param>
    /// <param name="now">The instructions that count now.</param>
    /// <returns>The prompt over the new instructions. One that does not begin with the old ones is somebody's own text, and is left alone.</returns>
    public static string? Over(string? enhanced, string? was, string? now)
    {
        var (before, after) = (was?.Trim() ?? "", now?.Trim() ?? "");
        if (enhanced is null || before == after || !enhanced.StartsWith(before, StringComparison.Ordinal))
        {
            return enhanced;
        }

        var added = enhanced[before.Length..];
        if (before.Length > 0 && added.Length > 0 && added[0] is not ('\n' or '\r'))
        {
            return enhanced;
        }

        added = added.Trim();
        return string.Join("\n\n", new[] { after, added }.Where(part => part.Length > 0)) is { Length: > 0 } whole ? whole : null;
    }
}
