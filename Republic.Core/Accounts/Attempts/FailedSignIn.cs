namespace Republic.Core.Accounts.Attempts;

/// <summary>
/// Wrong passwords for one subject: an e-mail address, whether or not it has an account, because an answer that differed would tell
/// which have one; or a browser that somebody was signed in with before.
/// </summary>
public sealed class FailedSignIn
{
    /// <summary>SHA-256 of the subject, so that mistyped strangers' addresses are not collected.</summary>
    public required byte[] SubjectHash { get; init; }

    public required int Failures { get; set; }

    public required DateTimeOffset LastAt { get; set; }
}
