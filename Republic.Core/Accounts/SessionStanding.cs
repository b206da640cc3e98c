namespace Republic.Core.Accounts;

/// <summary>The role of the person behind a live session, as the database has it.</summary>
public sealed record SessionStanding(bool IsSuperuser);
