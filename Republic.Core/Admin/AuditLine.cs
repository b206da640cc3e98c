using Republic.Core.Audit;

namespace Republic.Core.Admin;

/// <summary>An entry with the name of who did it.</summary>
/// <param name="Name">Null where nobody was signed in, or where the account is gone.</param>
public sealed record AuditLine(AuditEntry Entry, string? Name);
