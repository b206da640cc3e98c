namespace Republic.Core.Accounts;

public enum AttemptKind
{
    Password,
    Key,
}
