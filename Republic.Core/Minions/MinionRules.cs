using System.Globalization;
using Republic.Core.Minions.Models;
using Republic.Core.Minions.Profiles;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Upstream;
using Republic.Core.Security;

namespace Republic.Core.Minions;

/// <summary>What a minion may be. Profile and model are judged apart, because a connection is tested before the profile is done.</summary>
public sealed class MinionRules(ProviderCatalog catalog, OutboundGuard guard)
{
    private const int MostFallbacks = 8;
    private const int MostCacheMinutes = 7 * 24 * 60;

    public IReadOnlyList<FieldError> Check(MinionInput input, Minion? current, CredentialSet keys)
    {
        var rules = new FieldRules(input.Unreadable);
        Profile(input, rules);
        Model(input, current, keys, rules);
        return rules.Errors;
    }

    public IReadOnlyList<FieldError> CheckModel(MinionInput input, Minion? current, CredentialSet keys)
    {
        var rules = new FieldRules(input.Unreadable);
        Model(input, current, keys, rules);
        return rules.Errors;
    }

    /// <summary>The first minion of most people: no key, no network.</summary>
    internal MinionInput BuiltIn()
    {
        var builtIn = catalog.Rows.First(row => row.Transport == ProviderTransport.ModelHost);
        return new MinionInput
        {
            Name = "tinker",
            DisplayName = "Tinker",
            Avatar = "🔧",
            Description = "Works with no key and no network",
            Tags = ["offline"],
            Provider = builtIn.Name,
            ModelId = builtIn.DefaultModel,
        };
    }

    private static void Profile(MinionInput input, FieldRules rules)
    {
        rules.Required("name", "The name", input.Name);
        rules.Text("name", "The name", input.Name, 100);
        rules.Text("display_name", "The display name", input.DisplayName, 100);
        rules.Text("description", "What it is for", input.Description, 10_000, isLine: false);
        rules.Text("personality", "The personality", input.Personality, 20_000, isLine: false);
        rules.Items("skillset", "The skills", input.Skillset, 100);
        rules.Json("behavior_config", "The behaviour", input.BehaviorConfig);
        rules.Items("tags", "The list of tags", input.Tags, 50);
        rules.Json("metadata", "The metadata", input.Metadata);
        Avatar(input.Avatar, rules);
        rules.Json("lora_config", "The LoRA configuration", input.LoraConfig);
        rules.Json("trait_configuration", "The trait configuration", input.TraitConfiguration);
        rules.Range("trait_slots_used", "The number of trait slots", input.TraitSlotsUsed, 0, 1000);
        rules.Range("trait_points_spent", "The number of trait points", input.TraitPointsSpent, 0, 100_000);
    }

    private static void Avatar(string? avatar, FieldRules rules)
    {
        rules.Text("avatar", "The avatar", avatar, 64);
        if (avatar is not null && new StringInfo(avatar.Trim()).LengthInTextElements > 1)
        {
            rules.Add("avatar", "The avatar is one emoji or one letter. Keep the first one.");
        }
    }

    private void Model(MinionInput input, Minion? current, CredentialSet keys, FieldRules rules)
    {
        rules.Text("model_id", "The model", input.ModelId, 300);
        KeyText.Check(rules, input.ApiKey);
        rules.Text("system_prompt", "The system prompt", input.SystemPrompt, 50_000, isLine: false);
        rules.Text("enhanced_system_prompt", "The enhanced system prompt", input.EnhancedSystemPrompt, 50_000, isLine: false);
        rules.Items("capabilities", "The list of capabilities", input.Capabilities, 50);
        rules.Text("parameters", "The number of parameters", input.Parameters, 100);
        rules.Text("quantization", "The quantization", input.Quantization, 100);
        rules.Text("architecture", "The architecture", input.Architecture, 100);
        rules.Text("license", "The license", input.License, 200);
        rules.Range("max_tokens", "The limit on tokens", input.MaxTokens, 1, 10_000_000);
        rules.Range("context_length", "The context length", input.ContextLength, 1, 100_000_000);
        rules.Range("cache_minutes", "The time that answers are remembered", input.CacheMinutes, 0, MostCacheMinutes);
        rules.Range("embedding_length", "The embedding length", input.EmbeddingLength, 1, 1_000_000);
        // Written so that NaN is refused too.
        if (input.Temperature is { } temperature && !(temperature is >= 0 and <= 2))
        {
            rules.Add("temperature", $"The temperature is {Number(temperature)}; it can be 0 to 2.");
        }

        if (input.TopP is { } topP && !(topP is > 0 and <= 1))
        {
            rules.Add("top_p", $"Top-p is {Number(topP)}; it can be above 0 and up to 1.");
        }

        Place(input, current, keys, rules);
        Fallbacks(input.Fallbacks ?? [], keys, rules);
    }

    private void Fallbacks(List<MinionFallback> fallbacks, CredentialSet keys, FieldRules rules)
    {
        if (fallbacks.Count > MostFallbacks)
        {
            rules.Add("fallbacks", $"There are {fallbacks.Count} fallbacks; at most {MostFallbacks} are kept. Take some out.");
        }

        for (var i = 0; i < fallbacks.Count; i++)
        {
            Fallback($"fallbacks[{i}]", fallbacks[i], keys, rules);
        }
    }

    private void Fallback(string field, MinionFallback? fallback, CredentialSet keys, FieldRules rules)
    {
        if (catalog.Find(fallback?.Provider?.Trim()) is not { } provider)
        {
            rules.Add($"{field}.provider", $"A fallback needs a provider. Choose one of {Known()}.");
            return;
        }

        rules.Required($"{field}.model_id", "The fallback's model", fallback!.ModelId);
        rules.Text($"{field}.model_id", "The fallback's model", fallback.ModelId, 300);
        Answers($"{field}.model_id", provider, fallback.ModelId, rules);
        var place = new ModelReference(provider.Name, fallback.ModelId ?? "", fallback.BaseUrl, fallback.CredentialId);
        PlaceRules.Check(rules, $"{field}.", place, provider, keys, guard);
    }

    private void Place(MinionInput input, Minion? current, CredentialSet keys, FieldRules rules)
    {
        rules.Required("model_id", "The model", input.ModelId);
        if (catalog.Find(input.Provider?.Trim()) is not { } provider)
        {
            var known = Known();
            rules.Add(
                "provider",
                string.IsNullOrWhiteSpace(input.Provider)
                    ? $"The provider is missing. Choose one of {known}."
                    : $"No provider is called “{Shortened(input.Provider)}”. Choose one of {known}."
            );
            return;
        }

        Answers("model_id", provider, input.ModelId, rules);
        var hasOwnKey = !string.IsNullOrWhiteSpace(input.ApiKey) || (current?.SealedApiKey is not null && input.KeepsOwnKey);
        var hasAddress = hasOwnKey
            ? BaseUrls.Check(rules, "base_url", input.BaseUrl, provider, guard)
            : PlaceRules.Check(
                rules,
                "",
                new ModelReference(provider.Name, input.ModelId ?? "", input.BaseUrl, input.CredentialId),
                provider,
                keys,
                guard
            );
        if (hasAddress && hasOwnKey && MustReenterKey(input, current, provider))
        {
            rules.Add("api_key", "The address has changed. A key is only sent where it was entered for: enter it again, or remove it.");
        }
    }

    private static void Answers(string field, ProviderRow provider, string? model, FieldRules rules)
    {
        if (model is not null && model.Trim() == provider.VectorModel)
        {
            rules.Add(field, $"{provider.VectorModel} finds passages by what they mean and writes no answers. Choose another model.");
        }
    }

    private string Known() => string.Join(", ", catalog.Rows.Select(row => row.Name));

    /// <summary>Otherwise whoever can edit a minion could send its hidden key to a server of their own.</summary>
    private bool MustReenterKey(MinionInput input, Minion? current, ProviderRow provider)
    {
        if (current?.SealedApiKey is null || !input.KeepsOwnKey || !provider.TakesBaseUrl)
        {
            return false;
        }

        return BaseUrls.Destination(provider, input.BaseUrl) != BaseUrls.Destination(catalog.Find(current.Provider), current.BaseUrl);
    }

    private static string Shortened(string text) => text.Length <= 64 ? text : text[..64] + "…";

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);
}
