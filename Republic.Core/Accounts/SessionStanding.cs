namespace Republic.Core.Accounts;

/// <summary>What the person of a live session is here, as the database has it.</summary>
public sealed record SessionStanding(bool IsSuperuser);
