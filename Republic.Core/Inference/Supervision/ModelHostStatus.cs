namespace Republic.Core.Inference.Supervision;

/// <param name="ProcessId">While it runs.</param>
/// <param name="Crashes">How often it ended by itself since this process started.</param>
/// <param name="Problem">What went wrong last, for people; null when nothing has.</param>
public sealed record ModelHostStatus(ModelHostState State, int? ProcessId, int Crashes, string? Problem);
