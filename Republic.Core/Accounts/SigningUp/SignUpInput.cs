namespace Republic.Core.Accounts.SigningUp;

/// <param name="FromHere">The request certainly came from this machine itself, so that the first account needs no token.</param>
/// <param name="Invitation">The token of an invitation's link.</param>
public sealed record SignUpInput(
    string? Email,
    string? Password,
    string? DisplayName,
    string? SetupToken,
    bool FromHere,
    string? Invitation = null
);
