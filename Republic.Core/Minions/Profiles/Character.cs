using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Republic.Core.Minions.Profiles;

/// <summary>
/// A minion's system prompt, put together from its profile. The built-in model was trained on short turns of this very form,
/// “You are Grafana, …”, with “Personality: …”, “Skills: …” and “Behaviour: …” after it; larger models read it as well.
/// </summary>
public static class Character
{
    /// <summary>How its model is asked in a chat.</summary>
    public static ChatOptions Options(Minion minion) =>
        new()
        {
            Instructions = SystemPrompt(minion),
            Temperature = (float?)minion.Temperature,
            TopP = (float?)minion.TopP,
            MaxOutputTokens = minion.MaxTokens,
        };

    public static string SystemPrompt(Minion minion) =>
        SystemPrompt(Profile.Of(minion), Text(minion.EnhancedSystemPrompt) ?? minion.SystemPrompt);

    /// <param name="system">The minion's own instructions, or those that training made of them.</param>
    public static string SystemPrompt(Profile profile, string? system)
    {
        var name = profile.Name;
        var instructions = Text(system);
        var purpose = Text(profile.Description);
        if (purpose is not null && purpose == instructions)
        {
            purpose = null;
        }

        List<string> lines = [];
        if (!Introduces(instructions, name))
        {
            var isBare = instructions is null && purpose is null && Text(profile.Personality) is null;
            lines.Add(isBare ? $"You are {name}, a helpful minion." : $"You are {name}, a minion.");
        }

        Add(lines, "Purpose", purpose);
        Add(lines, "Personality", Text(profile.Personality));
        Add(lines, "Traits", string.Join(", ", profile.Traits));
        Add(lines, "Skills", string.Join(", ", profile.Skillset));
        Add(lines, "Interests", string.Join(", ", profile.Interests));
        Add(lines, "Behaviour", Behaviour(profile.BehaviorConfig));
        if (instructions is not null)
        {
            lines.Add(instructions);
        }

        // Paragraphs only where the person wrote paragraphs: the built-in model has seen single lines.
        return string.Join(lines.Exists(line => line.Contains('\n')) ? "\n\n" : " ", lines);
    }

    /// <summary>“You are Ada, …” or “I am Ada. …”: saying it a second time would only be noise.</summary>
    private static bool Introduces(string? instructions, string name) =>
        instructions is not null
        && (
            instructions.StartsWith($"You are {name}", StringComparison.OrdinalIgnoreCase)
            || instructions.StartsWith($"I am {name}", StringComparison.OrdinalIgnoreCase)
        );

    private static void Add(List<string> lines, string label, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            lines.Add(text[^1] is '.' or '!' or '?' or '…' ? $"{label}: {text}" : $"{label}: {text}.");
        }
    }

    /// <summary><c>{"tone": "formal", "emoji": false}</c> reads as “tone formal, emoji no”.</summary>
    private static string Behaviour(JsonElement? config) =>
        config is { ValueKind: JsonValueKind.Object } behaviour
            ? string.Join(", ", behaviour.EnumerateObject().Select(setting => $"{Words(setting.Name)} {Value(setting.Value)}"))
            : "";

    private static string Value(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Trim(),
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.Null => "not set",
            JsonValueKind.Array => string.Join(" and ", value.EnumerateArray().Select(Value)),
            JsonValueKind.Number => value.GetDouble().ToString(CultureInfo.InvariantCulture),
            _ => value.GetRawText(),
        };

    private static string Words(string key)
    {
        var words = new StringBuilder(key.Length + 4);
        foreach (var letter in key)
        {
            if (char.IsUpper(letter) && words.Length > 0)
            {
                words.Append(' ');
            }

            words.Append(letter is '_' or '-' ? ' ' : char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
