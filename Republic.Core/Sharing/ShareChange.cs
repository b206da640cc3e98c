namespace Republic.Core.Sharing;

/// <summary>A change of the shares of one subject, within the transaction that saves it.</summary>
/// <param name="Label">The subject as the audit log names it to its owner.</param>
/// <param name="Refusal">Why the subject cannot be shared; null where it can.</param>
/// <param name="WithdrawAsync">Takes what they had of the subject from who does not see it any more, once the row of their share is gone.</param>
/// <param name="Audited">Entries of the audit log, appended once all else is saved.</param>
public sealed record ShareChange(
    string Label,
    Failure? Refusal,
    Func<Task> WithdrawAsync,
    List<(Guid Person, string Action, string Subject)> Audited,
    List<Func<CancellationToken, Task>> AfterCommit
);
