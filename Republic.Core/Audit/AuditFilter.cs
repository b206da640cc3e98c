namespace Republic.Core.Audit;

/// <summary>Which entries are asked for; null asks for all.</summary>
/// <param name="People">Done by one of these.</param>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="Since">Not before.</param>
/// <param name="Until">Before.</param>
/// <param name="Before">Only entries older than the one with this number.</param>
public sealed record AuditFilter(
    IReadOnlyList<Guid>? People = null,
    string? Action = null,
    DateTimeOffset? Since = null,
    DateTimeOffset? Until = null,
    long? Before = null
);
