namespace Republic.Core.Minions;

public enum MinionSort
{
    Used,
    Level,
    Newest,
    Name,
}
