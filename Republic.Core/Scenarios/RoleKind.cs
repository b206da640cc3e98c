namespace Republic.Core.Scenarios;

/// <summary>Who may play a role.</summary>
public enum RoleKind
{
    Any,
    Person,
    Minion,
}
