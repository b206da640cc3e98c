using Republic.Core.Tasks.Board;

namespace Republic.Core.Tasks.Details;

/// <param name="By">Null where that citizen is gone.</param>
public sealed record TaskActivityCard(
    Guid Id,
    TaskActivityKind Kind,
    string? Before,
    string? After,
    DateTimeOffset CreatedAt,
    TaskCitizen? By
);
