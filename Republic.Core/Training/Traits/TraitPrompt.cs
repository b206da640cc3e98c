namespace Republic.Core.Training.Traits;

/// <summary>Writes traits into a system prompt: what persona tuning is.</summary>
public static class TraitPrompt
{
    /// <param name="systemPrompt">The minion's own, or null.</param>
    /// <returns>The prompt as it was where no trait is chosen.</returns>
    public static string Enhance(string? systemPrompt, TraitSelection selection, TraitCatalog catalog)
    {
        var own = systemPrompt?.Trim() ?? "";
        var traits = selection.Chosen(catalog).Where(chosen => Strength(chosen.Intensity, selection) is not null).ToList();
        if (traits.Count == 0)
        {
            return own;
        }

        List<string> lines = own.Length > 0 ? [own, ""] : [];
        lines.Add("Your character:");
        lines.AddRange(traits.Select(chosen => Line(chosen.Trait, Strength(chosen.Intensity, selection)!)));
        lines.Add(Register(selection.StyleSensitivity));
        return string.Join('\n', lines);
    }

    private static string Line(Trait trait, string strength) =>
        $"- {trait.DisplayName}, {strength}: {trait.Definition} {string.Join(' ', trait.Do)} "
        + string.Join(' ', trait.Dont.Select(dont => $"Do not {char.ToLowerInvariant(dont[0])}{dont[1..]}"));

    /// <summary>intensity · enhancementIntensity in words, which models follow better than figures; null for none at all.</summary>
    private static string? Strength(int intensity, TraitSelection selection) =>
        (intensity * selection.EnhancementIntensity) switch
        {
            <= 0 => null,
            <= 3 => "a little",
            <= 6 => "clearly",
            <= 8 => "strongly",
            _ => "above all",
        };

    private static string Register(double sensitivity) =>
        sensitivity switch
        {
            < 0.25 => "Keep your own way of speaking, however the person speaks.",
            < 0.6 => "Lean a little towards the person's own way of speaking.",
            < 0.85 => "Take up the person's own way of speaking where it fits your character.",
            _ => "Mirror the person's own way of speaking closely.",
        };
}
