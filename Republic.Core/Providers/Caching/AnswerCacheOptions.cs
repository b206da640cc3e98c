namespace Republic.Core.Providers.Caching;

/// <summary>The section <c>Providers:AnswerCache</c> of the configuration.</summary>
public sealed class AnswerCacheOptions
{
    public const string Section = "Providers:AnswerCache";

    /// <summary>What all remembered answers of this node may take together. Zero: none is remembered, whatever minions say.</summary>
    public long MaxBytes { get; set; } = 64 << 20;

    /// <summary>A longer answer is not remembered.</summary>
    public int MaxAnswerBytes { get; set; } = 1 << 20;
}
