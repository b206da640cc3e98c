using System.Globalization;
using Republic.Core;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Managing;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>The form with a model's name and how it is kept in memory. Numbers are as they were typed.</summary>
public sealed class SettingsForm
{
    public string? CustomName { get; set; }

    public bool Pinned { get; set; }

    /// <summary>Empty for the default.</summary>
    public string? KeepAliveMinutes { get; set; }

    /// <summary>Empty for the default.</summary>
    public string? ContextLength { get; set; }

    /// <summary>What the form showed at first: what was not touched stays as it is by now, whoever changed it meanwhile.</summary>
    public SettingsForm? Was { get; set; }

    public static SettingsForm Of(PersonalModelCard card)
    {
        var form = Shown(card);
        form.Was = Shown(card);
        return form;
    }

    private static SettingsForm Shown(PersonalModelCard card) =>
        new()
        {
            CustomName = card.CustomName,
            Pinned = card.Pinned,
            KeepAliveMinutes = card.KeepAliveMinutes?.ToString(CultureInfo.InvariantCulture),
            ContextLength = card.ContextLength?.ToString(CultureInfo.InvariantCulture),
        };

    /// <summary>The change that was asked for, or the fields that are no numbers.</summary>
    public Outcome<ModelChange> Read()
    {
        List<FieldError> problems = [];
        var change = new ModelChange
        {
            CustomName = CustomName == Was?.CustomName ? null : CustomName ?? "",
            Pinned = Pinned == Was?.Pinned ? null : Pinned,
        };
        if (Was is null || KeepAliveMinutes != Was.KeepAliveMinutes)
        {
            var minutes = Number(KeepAliveMinutes, "keep_alive_minutes", "Give a number of minutes, such as 30, or leave it empty.");
            change = change with { KeepAliveMinutes = minutes };
        }

        if (Was is null || ContextLength != Was.ContextLength)
        {
            var tokens = Number(ContextLength, "context_length", "Give a number of tokens, such as 4096, or leave it empty.");
            change = change with { ContextLength = tokens };
        }

        return problems.Count == 0 ? change : Failure.Invalid(problems);

        int? Number(string? text, string field, string advice)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                return null;
            }

            if (!int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                problems.Add(new FieldError(field, advice));
            }

            return number;
        }
    }
}
