namespace Republic.Core.Providers.Idempotency;

/// <summary>The section <c>Idempotency</c> of the configuration.</summary>
public sealed class IdempotencyOptions
{
    public const string Section = "Idempotency";

    /// <summary>How long an answer is kept for a call that is made again. Zero: none is, and the header means nothing.</summary>
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromHours(24);

    /// <summary>A longer answer is not kept; the call made again asks a model again.</summary>
    public int MaxAnswerBytes { get; set; } = 1 << 20;

    /// <summary>What one person's kept answers may take together; the oldest go first.</summary>
    public long MaxBytesPerPerson { get; set; } = 256 << 20;

    /// <summary>After how long without a sign of life a call is taken to have died with its node.</summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(60);
}
