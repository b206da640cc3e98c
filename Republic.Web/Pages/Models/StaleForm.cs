using Republic.Core.Minions;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Models;

/// <summary>What stands in a minion that was saved elsewhere while its form was open here.</summary>
internal static class StaleForm
{
    private const int Short = 40;

    private static readonly (string Label, Func<MinionForm, string?> Value)[] Fields =
    [
        ("display name", form => form.DisplayName),
        ("name", form => form.Name),
        ("avatar", form => form.Avatar),
        ("what it is for", form => form.Description),
        ("personality", form => form.Personality),
        ("skills", form => form.Skillset),
        ("tags", form => form.Tags),
        ("behaviour", form => form.BehaviorConfig),
        ("provider", form => form.Provider),
        ("model", form => form.ModelId),
        ("base URL", form => form.BaseUrl),
        ("temperature", form => form.Temperature),
        ("top-p", form => form.TopP),
        ("max tokens", form => form.MaxTokens),
        ("context length", form => form.ContextLength),
        ("system prompt", form => form.SystemPrompt),
        ("minutes of answers from memory", form => form.CacheMinutes),
        ("capabilities", form => form.Capabilities),
        ("fallbacks", form => string.Join(", ", form.Fallbacks.Select(row => $"{row.Provider} {row.ModelId}"))),
    ];

    /// <param name="typed">What the form here holds.</param>
    /// <param name="now">As it is stored.</param>
    public static string Words(MinionForm typed, Minion now, LocalTime time)
    {
        var stored = MinionForm.Of(MinionInput.Of(now), now.Id);
        var others =
            from field in Fields
            where Plain(field.Value(typed)) != Plain(field.Value(stored))
            select Told(field.Label, field.Value(stored));
        var difference = string.Join("; ", others);
        return $"{now.Citizen.DisplayName} was saved elsewhere ({time.Moment(now.UpdatedAt)}) after this form was opened. Nothing was written over it. "
            + (difference.Length == 0 ? "" : $"The saved version differs: {difference}. ")
            + "Save again to keep what you entered here.";
    }

    private static string Told(string label, string? value) =>
        Plain(value) is not { Length: > 0 } text ? $"no {label}"
        : text.Length <= Short ? $"{label} “{text}”"
        : label;

    // Browsers send line breaks in a spelling of their own.
    private static string Plain(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();
}
