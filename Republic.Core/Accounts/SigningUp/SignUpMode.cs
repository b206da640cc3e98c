namespace Republic.Core.Accounts.SigningUp;

public enum SignUpMode
{
    Open,
    Invitation,
    Closed,
}
