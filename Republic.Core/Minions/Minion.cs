using System.Text.Json;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Minions.Access;
using Republic.Core.Minions.Models;
using Republic.Core.Minions.Profiles;

namespace Republic.Core.Minions;

/// <summary>A model configuration plus a profile, owned by one person. The id is that of the minion's <see cref="Citizen"/>.</summary>
public sealed class Minion : IOwned
{
    public required Guid Id { get; init; }

    public required Citizen Citizen { get; init; }

    public required Guid OwnerId { get; init; }

    // Profile (display name, avatar, skills, traits and interests are the citizen's)
    public required string Name { get; set; }
    public string? Description { get; set; }
    public string? Personality { get; set; }
    public JsonElement? BehaviorConfig { get; set; }
    public List<string> Tags { get; set; } = [];
    public JsonElement? Metadata { get; set; }
    public bool IsFavorite { get; set; }

    // Model
    public required string Provider { get; set; }
    public required string ModelId { get; set; }
    public string? BaseUrl { get; set; }

    /// <summary>A key of its own, which no other minion uses.</summary>
    public byte[]? SealedApiKey { get; set; }
    public string? ApiKeyHint { get; set; }

    /// <summary>The stored key that it is asked with; null: its own, else the person's default.</summary>
    public Guid? CredentialId { get; set; }

    /// <summary>Null: the model's own default, which nothing is sent for.</summary>
    public double? Temperature { get; set; }

    /// <inheritdoc cref="Temperature"/>
    public double? TopP { get; set; }
    public int? MaxTokens { get; set; }
    public int? ContextLength { get; set; }
    public string? SystemPrompt { get; set; }
    public List<string> Capabilities { get; set; } = [];
    public string? Parameters { get; set; }
    public string? Quantization { get; set; }
    public string? Architecture { get; set; }
    public string? License { get; set; }
    public int? EmbeddingLength { get; set; }

    /// <summary>Asked in this order where the minion's own model does not answer.</summary>
    public List<MinionFallback> Fallbacks { get; set; } = [];

    /// <summary>The person agreed that a fallback may cost money, or leave this machine, where the minion's own model does neither.</summary>
    public bool FallbackConsent { get; set; }

    /// <summary>For how long the same question gets the same answer from memory; null or 0: every question is asked.</summary>
    public int? CacheMinutes { get; set; }
    public SyncStatus SyncStatus { get; set; } = SyncStatus.Synced;
    public DateTimeOffset? LastSyncTimestamp { get; set; }

    // Training
    public decimal Experience { get; set; }
    public int Version { get; set; }
    public bool LoraEnabled { get; set; }
    public JsonElement? LoraConfig { get; set; }
    public string? EnhancedSystemPrompt { get; set; }
    public JsonElement? TraitConfiguration { get; set; }
    public int TraitSlotsUsed { get; set; }
    public int TraitPointsSpent { get; set; }

    /// <summary>The name of its own weights' file in the adapters' folder; null where none were trained.</summary>
    public string? Adapter { get; set; }

    /// <summary>Weights that draft in its voice, on a model that runs here, for a minion whose own model runs elsewhere; null where none were trained.</summary>
    public string? StyleAdapter { get; set; }

    /// <summary>The model that <see cref="StyleAdapter"/> belongs to.</summary>
    public string? StyleModel { get; set; }

    /// <summary>Which stages an answer goes through.</summary>
    public MinionPipeline Pipeline { get; set; } = new();

    /// <summary>Rows that its runs were ever trained on: what experience is counted by.</summary>
    public int TrainedRows { get; set; }

    /// <summary>What it had earned before it was imported; null where it was made here.</summary>
    public ImportedFigures? ImportedFigures { get; set; }

    // Outside clients
    public required string RepublicId { get; init; }
    public required byte[] RepublicKeyHash { get; set; }
    public DateTimeOffset? RepublicKeyExpiresAt { get; set; }
    public int? RepublicKeyDailyLimit { get; set; }

    /// <summary>The origins of pages that may call with the key from a browser, as <see cref="BrowserOrigin"/> writes them.</summary>
    public List<string> RepublicKeyOrigins { get; set; } = [];

    /// <summary>The day (UTC) that <see cref="RepublicKeyCalls"/> counts; written in batches by <see cref="QueryCounts"/>.</summary>
    public DateOnly? RepublicKeyDay { get; private set; }
    public long RepublicKeyCalls { get; private set; }
    public bool AllowRaw { get; set; }

    // A query succeeds when its answer completes.
    public long TotalQueries { get; set; }
    public long SuccessfulQueries { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Deletion is soft, so that it can be undone.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    public Level Level => Level.Of(Experience);

    public double? SuccessRate => TotalQueries == 0 ? null : (double)SuccessfulQueries / TotalQueries;

    internal static Minion New(Guid owner, Guid id, string displayName, RepublicKey key, DateTimeOffset now) =>
        new()
        {
            Id = id,
            Citizen = new Citizen
            {
                Id = id,
                Kind = CitizenKind.Minion,
                DisplayName = displayName,
                CreatedBy = owner,
                CreatedAt = now,
            },
            OwnerId = owner,
            Name = "",
            Provider = "",
            ModelId = "",
            RepublicId = RepublicKey.IdFor(displayName),
            RepublicKeyHash = key.Hash,
            CreatedAt = now,
            UpdatedAt = now,
        };

    /// <summary>Takes over an input that <see cref="MinionRules"/> found nothing wrong with. Key and picture are the editor's work.</summary>
    internal void Apply(MinionInput input, DateTimeOffset now)
    {
        Name = input.Name!.Trim();
        Citizen.DisplayName = Text(input.DisplayName) ?? Name;
        Citizen.Avatar = Text(input.Avatar);
        Citizen.IsActive = input.IsActive ?? true;
        Description = Text(input.Description);
        Personality = Text(input.Personality);
        Citizen.Skills = Items(input.Skillset);
        BehaviorConfig = input.BehaviorConfig;
        Tags = Items(input.Tags);
        Metadata = input.Metadata;
        IsFavorite = input.IsFavorite ?? false;
        SetModel(input.Provider!.Trim(), input.ModelId!.Trim());
        BaseUrl = Text(input.BaseUrl);
        CredentialId = input.CredentialId;
        Temperature = input.Temperature;
        TopP = input.TopP;
        MaxTokens = input.MaxTokens;
        ContextLength = input.ContextLength;
        SetInstructions(Text(input.SystemPrompt), Text(input.EnhancedSystemPrompt));
        Capabilities = Items(input.Capabilities);
        Parameters = Text(input.Parameters);
        Quantization = Text(input.Quantization);
        Architecture = Text(input.Architecture);
        License = Text(input.License);
        EmbeddingLength = input.EmbeddingLength;
        AllowRaw = input.AllowRaw ?? false;
        Fallbacks = [.. (input.Fallbacks ?? []).Select(fallback => fallback.Trimmed())];
        FallbackConsent = input.FallbackConsent ?? false;
        CacheMinutes = input.CacheMinutes;
        LoraEnabled = input.LoraEnabled ?? false;
        LoraConfig = input.LoraConfig;
        TraitConfiguration = input.TraitConfiguration;
        TraitSlotsUsed = input.TraitSlotsUsed ?? 0;
        TraitPointsSpent = input.TraitPointsSpent ?? 0;
        UpdatedAt = now;
    }

    /// <summary>Puts it on another model of its provider, where no other setting changes.</summary>
    /// <param name="keepsWeights">The model has the file that its weights were trained on.</param>
    internal void MoveTo(string model, bool keepsWeights, DateTimeOffset now)
    {
        var weights = keepsWeights ? Adapter : null;
        SetModel(Provider, model);
        (Adapter, UpdatedAt) = (weights, now);
    }

    /// <summary>Weights fit the model they were trained for alone. Choosing their version on that model puts them in again.</summary>
    private void SetModel(string provider, string model)
    {
        if ((Provider, ModelId) != (provider, model))
        {
            (Provider, ModelId, Adapter) = (provider, model, null);
            // Nobody has looked for this one yet.
            (SyncStatus, LastSyncTimestamp) = (SyncStatus.Synced, null);
        }
    }

    /// <param name="enhanced">Where it is sent as it was, it follows the person's own instructions.</param>
    private void SetInstructions(string? own, string? enhanced)
    {
        EnhancedSystemPrompt = enhanced == EnhancedSystemPrompt ? EnhancedPrompt.Over(enhanced, SystemPrompt, own) : enhanced;
        SystemPrompt = own;
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static List<string> Items(List<string>? items) =>
        [.. (items ?? []).Select(item => item.Trim()).Where(item => item.Length > 0).Distinct(StringComparer.Ordinal)];
}
