namespace Republic.Core.Backups.Schedules;

/// <summary>The schedule as a superuser asks for it. What is left out stays as it is.</summary>
/// <param name="Day"><c>off</c>, <c>every</c>, or a day of the week in English.</param>
/// <param name="At">HH:mm.</param>
/// <param name="TimeZone">IANA's name.</param>
/// <param name="Keep">How many files are kept.</param>
public sealed record BackupScheduleInput(string? Day = null, string? At = null, string? TimeZone = null, int? Keep = null);
