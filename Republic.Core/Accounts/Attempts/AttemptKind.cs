namespace Republic.Core.Accounts.Attempts;

public enum AttemptKind
{
    Password,
    Key,
}
