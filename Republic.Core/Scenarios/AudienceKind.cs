namespace Republic.Core.Scenarios;

/// <summary>How an audience is given.</summary>
public enum AudienceKind
{
    All,
    Present,
    Listed,
}
