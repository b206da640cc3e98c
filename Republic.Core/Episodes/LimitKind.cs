namespace Republic.Core.Episodes;

/// <summary>Which limit of an episode is reached.</summary>
public enum LimitKind
{
    Turns,
    Minutes,
    Cost,
    Tokens,
}
