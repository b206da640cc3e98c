using System.Globalization;
using System.Text.Json;
using Republic.Core;
using Republic.Core.Minions;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Models;

/// <summary>The form as it is typed: all text, so that what cannot be read is still there to be corrected.</summary>
public sealed class MinionForm
{
    /// <summary>The minion that is edited; null for a new one.</summary>
    public Guid? Id { get; set; }

    /// <summary>The minion that a new one is copied from.</summary>
    public Guid? Like { get; set; }

    /// <summary>Makes one minion of a form that is sent twice.</summary>
    public Guid? Request { get; set; }

    /// <summary>When the minion had last been changed as the form was filled, in ticks.</summary>
    public long? Seen { get; set; }

    public string? DisplayName { get; set; }
    public string? Name { get; set; }
    public string? Avatar { get; set; }
    public string? AvatarUrl { get; set; }
    public bool ForgetPicture { get; set; }
    public string? Description { get; set; }
    public string? Personality { get; set; }
    public string? Skillset { get; set; }
    public string? Tags { get; set; }
    public string? BehaviorConfig { get; set; }
    public string? Provider { get; set; }
    public string? ModelId { get; set; }
    public string? ApiKey { get; set; }

    /// <summary>A <see cref="KeyChoice"/>, or a stored key's id; null where there was nothing to choose.</summary>
    public string? Key { get; set; }
    public string? BaseUrl { get; set; }
    public string? Temperature { get; set; }
    public string? TopP { get; set; }
    public string? MaxTokens { get; set; }
    public string? ContextLength { get; set; }
    public string? SystemPrompt { get; set; }
    public string? Capabilities { get; set; }
    public string? Parameters { get; set; }
    public string? Quantization { get; set; }
    public string? Architecture { get; set; }
    public string? License { get; set; }
    public string? EmbeddingLength { get; set; }
    public bool IsPaused { get; set; }
    public bool AllowRaw { get; set; }
    public List<FallbackForm> Fallbacks { get; set; } = [];
    public bool FallbackConsent { get; set; }
    public string? CacheMinutes { get; set; }

    /// <summary>The form showed the fallbacks: then none means that there shall be none.</summary>
    public bool HasFallbacks { get; set; }

    public static MinionForm Of(MinionInput input, Guid? id) =>
        new()
        {
            Id = id,
            Request = id is null ? Guid.CreateVersion7() : null,
            DisplayName = input.DisplayName,
            Name = input.Name,
            Avatar = input.Avatar,
            AvatarUrl = input.AvatarUrl,
            Description = input.Description,
            Personality = input.Personality,
            Skillset = string.Join(", ", input.Skillset ?? []),
            Tags = string.Join(", ", input.Tags ?? []),
            BehaviorConfig = input.BehaviorConfig?.GetRawText(),
            Provider = input.Provider,
            ModelId = input.ModelId,
            BaseUrl = input.BaseUrl,
            Temperature = Text(input.Temperature),
            TopP = Text(input.TopP),
            MaxTokens = Text(input.MaxTokens),
            ContextLength = Text(input.ContextLength),
            SystemPrompt = input.SystemPrompt,
            Capabilities = string.Join(", ", input.Capabilities ?? ["chat"]),
            Parameters = input.Parameters,
            Quantization = input.Quantization,
            Architecture = input.Architecture,
            License = input.License,
            EmbeddingLength = Text(input.EmbeddingLength),
            IsPaused = input.IsActive == false,
            AllowRaw = input.AllowRaw ?? false,
            Fallbacks = [.. (input.Fallbacks ?? []).Select(FallbackForm.Of)],
            FallbackConsent = input.FallbackConsent ?? false,
            CacheMinutes = Text(input.CacheMinutes),
            HasFallbacks = true,
        };

    /// <summary>Laid over what stands, because a minion has fields that the form does not show.</summary>
    /// <param name="hasOwnKey">A key of its own is stored, so that none need be typed.</param>
    public MinionInput Over(MinionInput current, bool hasOwnKey = false)
    {
        List<FieldError> unreadable = [];
        if (Key == KeyChoice.Own && !hasOwnKey && string.IsNullOrWhiteSpace(ApiKey))
        {
            unreadable.Add(new FieldError("api_key", "Enter the key for this minion, or choose a stored one."));
        }

        return current with
        {
            DisplayName = DisplayName,
            Name = Name,
            Avatar = Avatar,
            AvatarUrl = ForgetPicture ? null : AvatarUrl,
            Description = Description,
            Personality = Personality,
            Skillset = Items(Skillset),
            Tags = Items(Tags)?.ConvertAll(tag => tag.TrimStart('#')),
            BehaviorConfig = Json("behavior_config", BehaviorConfig, unreadable),
            Provider = Provider,
            ModelId = ModelId,
            ApiKey = Key is null or KeyChoice.Own ? ApiKey : null,
            ForgetApiKey = Key == KeyChoice.Default,
            CredentialId =
                Key is null ? current.CredentialId
                : Guid.TryParse(Key, out var stored) ? stored
                : null,
            BaseUrl = BaseUrl,
            Temperature = TypedNumber.Number("temperature", Temperature, unreadable),
            TopP = TypedNumber.Number("top_p", TopP, unreadable),
            MaxTokens = TypedNumber.Whole("max_tokens", MaxTokens, unreadable),
            ContextLength = TypedNumber.Whole("context_length", ContextLength, unreadable),
            SystemPrompt = SystemPrompt,
            Capabilities = Items(Capabilities) ?? [],
            Parameters = Parameters,
            Quantization = Quantization,
            Architecture = Architecture,
            License = License,
            EmbeddingLength = TypedNumber.Whole("embedding_length", EmbeddingLength, unreadable),
            IsActive = !IsPaused,
            AllowRaw = AllowRaw,
            Fallbacks = HasFallbacks ? Fallbacks.ConvertAll(fallback => fallback.ToFallback()) : current.Fallbacks,
            FallbackConsent = HasFallbacks ? FallbackConsent : current.FallbackConsent,
            CacheMinutes = TypedNumber.Whole("cache_minutes", CacheMinutes, unreadable),
            Unreadable = unreadable,
        };
    }

    private static List<string>? Items(string? text) =>
        text?.Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();

    private static JsonElement? Json(string field, string? text, List<FieldError> unreadable)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? null : JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            unreadable.Add(new FieldError(field, "The behaviour is not JSON. Write it like {\"tone\": \"formal\"}, or leave it empty."));
            return null;
        }
    }

    private static string? Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);
}
