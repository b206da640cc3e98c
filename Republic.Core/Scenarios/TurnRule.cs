namespace Republic.Core.Scenarios;

/// <summary>Whose turn it is where several roles act in one state.</summary>
public enum TurnRule
{
    /// <summary>As they are listed, round after round.</summary>
    Order,

    /// <summary>Each one time.</summary>
    Once,

    /// <summary>The first role names the next one.</summary>
    Moderator,

    /// <summary>The role that was addressed with its name after an @.</summary>
    Addressed,
}
