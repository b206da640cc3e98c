using System.Text.Json;
using System.Text.Json.Serialization;
using Republic.Core.Minions.Models;

namespace Republic.Core.Minions;

/// <summary>
/// What a person may set, with the names of the JSON API in snake case. What is not here (experience, level, republic_id, statistics,
/// owner) is the server's own and is ignored when it is sent.
/// </summary>
public sealed record MinionInput
{
    public string? Name { get; set; }
    public string? DisplayName { get; set; }
    public string? Avatar { get; set; }

    /// <summary>The address of a picture uploaded before; any other address is ignored.</summary>
    public string? AvatarUrl { get; set; }
    public string? Description { get; set; }
    public string? Personality { get; set; }
    public List<string>? Skillset { get; set; }
    public JsonElement? BehaviorConfig { get; set; }
    public List<string>? Tags { get; set; }
    public JsonElement? Metadata { get; set; }
    public bool? IsFavorite { get; set; }
    public bool? IsActive { get; set; }

    public string? Provider { get; set; }
    public string? ModelId { get; set; }
    public string? BaseUrl { get; set; }

    /// <summary>Write-only. Null keeps the key that is stored.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Takes the stored key away; JSON says it with an explicit null.</summary>
    [JsonIgnore]
    public bool ForgetApiKey { get; set; }

    /// <summary>A stored key of the person's; it takes the place of the minion's own.</summary>
    public Guid? CredentialId { get; set; }

    internal bool KeepsOwnKey => string.IsNullOrWhiteSpace(ApiKey) && !ForgetApiKey && CredentialId is null;
    public double? Temperature { get; set; }
    public double? TopP { get; set; }
    public int? MaxTokens { get; set; }
    public int? ContextLength { get; set; }
    public string? SystemPrompt { get; set; }
    public List<string>? Capabilities { get; set; }
    public string? Parameters { get; set; }
    public string? Quantization { get; set; }
    public string? Architecture { get; set; }
    public string? License { get; set; }
    public int? EmbeddingLength { get; set; }
    public bool? AllowRaw { get; set; }
    public List<MinionFallback>? Fallbacks { get; set; }
    public bool? FallbackConsent { get; set; }
    public int? CacheMinutes { get; set; }

    public bool? LoraEnabled { get; set; }
    public JsonElement? LoraConfig { get; set; }
    public string? EnhancedSystemPrompt { get; set; }
    public JsonElement? TraitConfiguration { get; set; }
    public int? TraitSlotsUsed { get; set; }
    public int? TraitPointsSpent { get; set; }

    /// <summary>What was sent but could not be read at all, such as letters for a number. Reported with the rest.</summary>
    [JsonIgnore]
    public IReadOnlyList<FieldError> Unreadable { get; set; } = [];

    /// <summary>A minion as it stands, so that a change of a few fields is laid over it.</summary>
    public static MinionInput Of(Minion minion) =>
        new()
        {
            Name = minion.Name,
            DisplayName = minion.Citizen.DisplayName,
            Avatar = minion.Citizen.Avatar,
            AvatarUrl = Citizens.AvatarImage.UrlOf(minion.Citizen.AvatarImageId),
            Description = minion.Description,
            Personality = minion.Personality,
            Skillset = minion.Citizen.Skills,
            BehaviorConfig = minion.BehaviorConfig,
            Tags = minion.Tags,
            Metadata = minion.Metadata,
            IsFavorite = minion.IsFavorite,
            IsActive = minion.Citizen.IsActive,
            Provider = minion.Provider,
            ModelId = minion.ModelId,
            BaseUrl = minion.BaseUrl,
            CredentialId = minion.CredentialId,
            Temperature = minion.Temperature,
            TopP = minion.TopP,
            MaxTokens = minion.MaxTokens,
            ContextLength = minion.ContextLength,
            SystemPrompt = minion.SystemPrompt,
            Capabilities = minion.Capabilities,
            Parameters = minion.Parameters,
            Quantization = minion.Quantization,
            Architecture = minion.Architecture,
            License = minion.License,
            EmbeddingLength = minion.EmbeddingLength,
            AllowRaw = minion.AllowRaw,
            Fallbacks = minion.Fallbacks,
            FallbackConsent = minion.FallbackConsent,
            CacheMinutes = minion.CacheMinutes,
            LoraEnabled = minion.LoraEnabled,
            LoraConfig = minion.LoraConfig,
            EnhancedSystemPrompt = minion.EnhancedSystemPrompt,
            TraitConfiguration = minion.TraitConfiguration,
            TraitSlotsUsed = minion.TraitSlotsUsed,
            TraitPointsSpent = minion.TraitPointsSpent,
        };
}
