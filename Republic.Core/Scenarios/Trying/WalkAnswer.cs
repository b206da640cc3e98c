namespace Republic.Core.Scenarios.Trying;

/// <summary>Whether a transition would be taken, as far as a walk by hand can tell.</summary>
public enum WalkAnswer
{
    Holds,
    DoesNotHold,

    /// <summary>It depends on what somebody does or decides.</summary>
    Open,

    /// <summary>Its condition cannot be evaluated, which counts as false.</summary>
    Errs,
}
