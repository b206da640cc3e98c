using System.Text.Json;
using Republic.Core.Citizens;
using Republic.Core.Minions.Models;

namespace Republic.Core.Minions;

/// <summary>A minion as the JSON API returns it. The key never comes out again; the hint says which one it is.</summary>
public sealed record MinionRecord
{
    private static readonly JsonElement EmptyObject = JsonElement.Parse("{}");
    private static readonly JsonElement EmptyList = JsonElement.Parse("[]");

    public MinionRecord(Minion minion, PersonDeprecations deprecations)
    {
        var end = deprecations.Of(minion);
        var level = minion.Level;
        Id = minion.Id;
        Name = minion.Name;
        DisplayName = minion.Citizen.DisplayName;
        Description = minion.Description;
        Provider = minion.Provider;
        ModelId = minion.ModelId;
        ApiKeySet = minion.SealedApiKey is not null;
        ApiKeyHint = minion.ApiKeyHint;
        CredentialId = minion.CredentialId;
        BaseUrl = minion.BaseUrl;
        Capabilities = minion.Capabilities;
        Parameters = minion.Parameters;
        ContextLength = minion.ContextLength;
        MaxTokens = minion.MaxTokens;
        Temperature = minion.Temperature;
        TopP = minion.TopP;
        SystemPrompt = minion.SystemPrompt;
        Personality = minion.Personality;
        Skillset = minion.Citizen.Skills;
        BehaviorConfig = minion.BehaviorConfig ?? EmptyObject;
        // Division by one of many decimals drops the zeros that the column's scale adds: 50, not 50.00.
        Experience = minion.Experience / 1.0000000000000000000000000000m;
        Level = level.Number;
        LevelTitle = level.Title;
        XpToNextLevel = level.ToNext;
        Avatar = minion.Citizen.Avatar;
        AvatarUrl = AvatarImage.UrlOf(minion.Citizen.AvatarImageId);
        Quantization = minion.Quantization;
        Architecture = minion.Architecture;
        License = minion.License;
        EmbeddingLength = minion.EmbeddingLength;
        Tags = minion.Tags;
        Metadata = minion.Metadata ?? EmptyObject;
        RepublicId = minion.RepublicId;
        SyncStatus = minion.SyncStatus;
        LastSyncTimestamp = minion.LastSyncTimestamp;
        EndsOn = end?.On;
        Replacement = end?.Replacement;
        IsActive = minion.Citizen.IsActive;
        IsFavorite = minion.IsFavorite;
        TotalQueries = minion.TotalQueries;
        SuccessRate = minion.SuccessRate;
        Fallbacks = minion.Fallbacks;
        (FallbackConsent, CacheMinutes) = (minion.FallbackConsent, minion.CacheMinutes);
        AllowRaw = minion.AllowRaw;
        Version = minion.Version;
        Adapter = minion.Adapter;
        LoraEnabled = minion.LoraEnabled;
        LoraConfig = minion.LoraConfig;
        EnhancedSystemPrompt = minion.EnhancedSystemPrompt;
        TraitConfiguration = minion.TraitConfiguration;
        TraitSlotsUsed = minion.TraitSlotsUsed;
        TraitPointsSpent = minion.TraitPointsSpent;
        ImportedFigures = minion.ImportedFigures;
        (CreatedAt, UpdatedAt) = (minion.CreatedAt, minion.UpdatedAt);
    }

    public Guid Id { get; }
    public string Name { get; }
    public string DisplayName { get; }
    public string? Description { get; }
    public string Provider { get; }
    public string ModelId { get; }
    public bool ApiKeySet { get; }
    public string? ApiKeyHint { get; }

    /// <summary>The stored key that it names.</summary>
    public Guid? CredentialId { get; }
    public string? BaseUrl { get; }
    public IReadOnlyList<string> Capabilities { get; }
    public string? Parameters { get; }
    public int? ContextLength { get; }
    public int? MaxTokens { get; }

    /// <summary>Null: the model's own default.</summary>
    public double? Temperature { get; }

    /// <inheritdoc cref="Temperature"/>
    public double? TopP { get; }
    public string? SystemPrompt { get; }
    public string? Personality { get; }
    public IReadOnlyList<string> Skillset { get; }
    public JsonElement BehaviorConfig { get; }
    public decimal Experience { get; }
    public int Level { get; }
    public string LevelTitle { get; }
    public int XpToNextLevel { get; }
    public string? Avatar { get; }
    public string? AvatarUrl { get; }
    public string? Quantization { get; }
    public string? Architecture { get; }
    public string? License { get; }
    public int? EmbeddingLength { get; }
    public IReadOnlyList<string> Tags { get; }
    public JsonElement Metadata { get; }
    public string RepublicId { get; }

    /// <summary>Synced too as long as nobody has looked for its model: <see cref="LastSyncTimestamp"/> is null then.</summary>
    public SyncStatus SyncStatus { get; }
    public DateTimeOffset? LastSyncTimestamp { get; }

    /// <summary>From this day on its provider no longer answers with its model; null where none was announced.</summary>
    public DateOnly? EndsOn { get; }

    /// <summary>The model that the provider recommends instead.</summary>
    public string? Replacement { get; }

    /// <summary>Where its model is to run on this machine and is not here: what it is, and what could take its place; else null.</summary>
    public ModelMissing? ModelMissing { get; init; }

    /// <summary>It follows the prompt of a task; false where it gets the bare request, null where its model was not probed yet.</summary>
    public bool? FollowsTasks { get; init; }
    public bool IsActive { get; }
    public bool IsFavorite { get; }
    public long TotalQueries { get; }
    public double? SuccessRate { get; }
    public IReadOnlyList<MinionFallback> Fallbacks { get; }
    public bool FallbackConsent { get; }

    /// <summary>For how long the same question gets the same answer from memory; null or 0: every question is asked.</summary>
    public int? CacheMinutes { get; }
    public bool AllowRaw { get; }
    public int Version { get; }

    /// <summary>The weights it answers with: those of its version, unless its model was changed since.</summary>
    public string? Adapter { get; }
    public bool LoraEnabled { get; }
    public JsonElement? LoraConfig { get; }
    public string? EnhancedSystemPrompt { get; }
    public JsonElement? TraitConfiguration { get; }
    public int TraitSlotsUsed { get; }
    public int TraitPointsSpent { get; }

    /// <summary>What it had earned elsewhere before it was imported, which counts nowhere; null where it was made here.</summary>
    public ImportedFigures? ImportedFigures { get; }
    public DateTimeOffset CreatedAt { get; }
    public DateTimeOffset UpdatedAt { get; }
}
