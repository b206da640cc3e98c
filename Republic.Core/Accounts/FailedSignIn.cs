namespace Republic.Core.Accounts;

/// <summary>
/// Wrong passwords for one e-mail address, whether or not it has an account: an answer that differed would tell which have one.
/// </summary>
public sealed class FailedSignIn
{
    /// <summary>SHA-256 of the normalized address, so that mistyped strangers' addresses are not collected.</summary>
    public required byte[] EmailHash { get; init; }

    public required int Failures { get; set; }

    public required DateTimeOffset LastAt { get; set; }
}
