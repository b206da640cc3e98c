namespace Republic.Core.Doctor;

/// <summary>How bad a finding is; the worst comes last.</summary>
public enum FindingLevel
{
    Good,

    /// <summary>It works, and something should be done.</summary>
    Warning,

    /// <summary>Something does not work, or is lost.</summary>
    Trouble,
}
