namespace Republic.Core.Minions.Models;

/// <summary>Which of a minion's models is to be tried, and with what.</summary>
/// <param name="Prompt">Asked as in a chat, with the minion's character; null: one token, to see whether it answers.</param>
/// <param name="ModelId">Another model at the same place, with the same key; null: the one that is there.</param>
/// <param name="Fallback">In the place of which fallback, from 0; null: in that of the minion's own model.</param>
public sealed record ModelQuestion(string? Prompt = null, string? ModelId = null, int? Fallback = null)
{
    public const int LongestPrompt = 10_000;

    internal IReadOnlyList<FieldError> Check(Minion minion)
    {
        var rules = new FieldRules([]);
        if (Fallback is { } place && (place < 0 || place >= minion.Fallbacks.Count))
        {
            rules.Add("fallback", $"{minion.Citizen.DisplayName} has no such fallback. The first is 0.");
        }

        rules.Text("model_id", "The model", ModelId, 300);
        rules.Text("prompt", "The question", Prompt, LongestPrompt, isLine: false);
        return rules.Errors;
    }
}
