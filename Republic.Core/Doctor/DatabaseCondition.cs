namespace Republic.Core.Doctor;

public enum DatabaseCondition
{
    /// <summary>It was not made yet.</summary>
    Missing,

    /// <summary>It does not answer.</summary>
    Away,

    /// <summary>It answers, and has no tables yet.</summary>
    Empty,

    /// <summary>Its tables are of an earlier version.</summary>
    Behind,

    /// <summary>Its tables are of a version that this one does not know.</summary>
    Later,
    Ready,
}
