namespace Republic.Core.Tasks.Board;

/// <param name="Tasks">How many are this citizen's to do, without the archive.</param>
public sealed record TaskAssignee(TaskCitizen Citizen, int Tasks);
