namespace Republic.Core.Accounts;

public enum SignUpMode
{
    Open,
    Invitation,
    Closed,
}
