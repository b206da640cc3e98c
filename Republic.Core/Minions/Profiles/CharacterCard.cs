using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Core.Providers;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Minions.Profiles;

/// <summary>
/// The community's card format (V3, which readers of V2 understand): https://github.com/kwaroran/character-card-spec-v3.
/// What only Republic knows stands under <c>extensions.republic</c>; keys and addresses never do.
/// </summary>
public static class CharacterCard
{
    private const string Extension = "republic";
    private static readonly string[] ForeignFields =
    [
        "scenario",
        "first_mes",
        "mes_example",
        "creator_notes",
        "post_history_instructions",
        "creator",
        "character_version",
    ];

    public static JsonObject Of(Minion minion)
    {
        var kept =
            minion.Metadata is { ValueKind: JsonValueKind.Object } metadata && metadata.TryGetProperty("card", out var card)
                ? card
                : default;
        var data = new JsonObject
        {
            ["name"] = minion.Citizen.DisplayName,
            ["description"] = minion.Description ?? "",
            ["personality"] = minion.Personality ?? "",
            ["system_prompt"] = minion.SystemPrompt ?? "",
            ["tags"] = List(minion.Tags),
            ["alternate_greetings"] = new JsonArray(),
            ["group_only_greetings"] = new JsonArray(),
            ["extensions"] = new JsonObject { [Extension] = Own(minion) },
        };
        foreach (var field in ForeignFields)
        {
            data[field] = Text(kept, field) ?? "";
        }

        return new JsonObject
        {
            ["spec"] = "chara_card_v3",
            ["spec_version"] = "3.0",
            ["data"] = data,
        };
    }

    /// <summary>Takes V1 (flat), V2 and V3. A card without a model of ours, or with one that needs an address, goes onto the built-in one.</summary>
    public static Outcome<MinionInput> Read(JsonElement card, ProviderCatalog catalog)
    {
        var data = card.ValueKind == JsonValueKind.Object && card.TryGetProperty("data", out var inner) ? inner : card;
        if (data.ValueKind != JsonValueKind.Object || Text(data, "name") is not { } name)
        {
            return Failure.Invalid(
                "file",
                "This is not a character card: it has no name. Cards are JSON, or PNG pictures with one inside."
            );
        }

        var own =
            data.TryGetProperty("extensions", out var extensions)
            && extensions.ValueKind == JsonValueKind.Object
            && extensions.TryGetProperty(Extension, out var republic)
            && republic.ValueKind == JsonValueKind.Object
                ? republic
                : JsonElement.Parse("{}");
        var read = MinionJson.Read(own);
        if (!read.Ok)
        {
            return read.Failure;
        }

        var input = read.Value;
        input.DisplayName = name.Trim() is { Length: > 100 } long_ ? long_[..100] : name.Trim();
        input.Description = Text(data, "description");
        input.Personality = Text(data, "personality");
        input.SystemPrompt = Text(data, "system_prompt");
        input.Tags =
            data.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Array
                ? [.. tags.EnumerateArray().Select(Text).OfType<string>().Take(50)]
                : [];
        input.Metadata = Kept(data);
        // A card comes from somebody else: it must not decide where this person's words go, nor what it may do.
        (input.ApiKey, input.BaseUrl, input.AvatarUrl, input.AllowRaw) = (null, null, null, null);
        (input.CredentialId, input.Fallbacks, input.FallbackConsent) = (null, null, null);
        if (catalog.Find(input.Provider) is not { BaseUrl: not null } || string.IsNullOrWhiteSpace(input.ModelId))
        {
            var builtIn = catalog.Rows.First(row => row.Transport == ProviderTransport.ModelHost);
            (input.Provider, input.ModelId) = (builtIn.Name, builtIn.DefaultModel);
        }

        return input;
    }

    private static JsonObject Own(Minion minion) =>
        new()
        {
            ["name"] = minion.Name,
            ["avatar"] = minion.Citizen.Avatar,
            ["skillset"] = List(minion.Citizen.Skills),
            ["behavior_config"] = minion.BehaviorConfig is { } behaviour ? JsonNode.Parse(behaviour.GetRawText()) : null,
            ["provider"] = minion.Provider,
            ["model_id"] = minion.ModelId,
            ["temperature"] = minion.Temperature,
            ["top_p"] = minion.TopP,
            ["max_tokens"] = minion.MaxTokens,
            ["context_length"] = minion.ContextLength,
            ["cache_minutes"] = minion.CacheMinutes,
            ["capabilities"] = List(minion.Capabilities),
            ["parameters"] = minion.Parameters,
            ["quantization"] = minion.Quantization,
            ["architecture"] = minion.Architecture,
            ["license"] = minion.License,
            ["embedding_length"] = minion.EmbeddingLength,
            ["enhanced_system_prompt"] = minion.EnhancedSystemPrompt,
            ["trait_configuration"] = minion.TraitConfiguration is { } traits ? JsonNode.Parse(traits.GetRawText()) : null,
        };

    // What other programs wrote and Republic has no place for goes out again as it came in.
    private static JsonElement? Kept(JsonElement data)
    {
        var kept = new JsonObject();
        foreach (var field in ForeignFields)
        {
            if (Text(data, field) is { Length: > 0 } text)
            {
                kept[field] = text;
            }
        }

        return kept.Count == 0 ? null : JsonElement.Parse(new JsonObject { ["card"] = kept }.ToJsonString());
    }

    private static JsonArray List(IEnumerable<string> items) => [.. items.Select(item => JsonValue.Create(item))];

    private static string? Text(JsonElement json, string field) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(field, out var value) ? Text(value) : null;

    /// <returns>Null where it is no text, or one with half a surrogate pair in it.</returns>
    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
