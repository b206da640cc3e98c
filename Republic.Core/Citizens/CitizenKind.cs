namespace Republic.Core.Citizens;

public enum CitizenKind
{
    Person,
    Minion,
}
